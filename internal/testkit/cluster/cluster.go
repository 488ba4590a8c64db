// Package cluster runs nodes of OpenSearch for tests: each a Java process of its
// own on 127.0.0.1, made of artifacts that Maven gets, without the distribution.
package cluster

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Version is that of OpenSearch; pom.xml has it too.
const Version = "3.9.0"

// oldest is the first version of Java that it runs on.
const oldest = 21

// ErrMissing says what a cluster needs and the machine does not have.
var ErrMissing = errors.New("no cluster here")

//go:embed pom.xml
var pom []byte

//go:embed Main.java
var source []byte

// logging sends warnings of the nodes to the file of each.
const logging = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
`

// A Cluster is nodes that know one another.
type Cluster struct {
	Nodes []*Node
	dir   string
}

// A Node is one of them.
type Node struct {
	Address string // host:port of its HTTP
	Log     string // file of what it says
	command *exec.Cmd
	ended   chan struct{} // closed when the process has
	start   func() *exec.Cmd
}

// Start starts n nodes with their data below dir, and waits until they are one
// cluster. Settings, as name=value, go to all of them. Where Maven or Java is
// missing the error is ErrMissing.
func Start(ctx context.Context, dir string, n int, settings ...string) (*Cluster, error) {
	java, err := findJava(ctx)
	if err != nil {
		return nil, err
	}
	program, err := prepare(ctx, java)
	if err != nil {
		return nil, err
	}
	ports, err := freePorts(2 * n)
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir}
	settings = append([]string{"cluster.name=baogao-test", "network.host=127.0.0.1", "cluster.routing.allocation.disk.threshold_enabled=false"}, settings...)
	settings = append(settings, discovery(ports[n:])...)
	for i := range n {
		name := "node-" + strconv.Itoa(i+1)
		home := filepath.Join(dir, name)
		own := append(slices.Clone(settings), "node.name="+name, "path.home="+home, "path.data="+filepath.Join(home, "data"),
			"path.logs="+filepath.Join(home, "logs"), "http.port="+strconv.Itoa(ports[i]), "transport.port="+strconv.Itoa(ports[n+i]))
		node := &Node{Address: net.JoinHostPort("127.0.0.1", strconv.Itoa(ports[i])), Log: filepath.Join(dir, name+".log")}
		node.start = func() *exec.Cmd { return exec.Command(filepath.Join(java, "bin", "java"), arguments(program, own)...) }
		if err := node.Start(); err != nil {
			return nil, errors.Join(err, c.Stop())
		}
		c.Nodes = append(c.Nodes, node)
	}
	if err := c.Wait(ctx); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

// discovery are the settings by which nodes with some transport ports find one another.
func discovery(ports []int) []string {
	if len(ports) == 1 {
		return []string{"discovery.type=single-node"}
	}
	var hosts, names []string
	for i, p := range ports {
		hosts, names = append(hosts, "127.0.0.1:"+strconv.Itoa(p)), append(names, "node-"+strconv.Itoa(i+1))
	}
	return []string{
		"discovery.seed_hosts=" + strings.Join(hosts, ","), "cluster.initial_cluster_manager_nodes=" + strings.Join(names, ","),
		"discovery.find_peers_interval=100ms", "cluster.election.initial_timeout=100ms", "node.processors=1",
	}
}

func arguments(program string, settings []string) []string {
	return append([]string{
		"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xms256m", "-Xmx512m",
		"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlog4j2.configurationFile=" + filepath.Join(program, "log4j2.properties"),
		"-cp", program + string(filepath.ListSeparator) + filepath.Join(program, "lib", "*"), "Main",
	}, settings...)
}

// Start starts a node that has ended, or never ran, with what it holds.
func (n *Node) Start() error {
	if err := os.MkdirAll(filepath.Dir(n.Log), 0o755); err != nil {
		return err
	}
	log, err := os.OpenFile(n.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	n.command, n.ended = n.start(), make(chan struct{})
	n.command.Stdout, n.command.Stderr = log, log
	n.command.SysProcAttr = ownGroup()
	if err := n.command.Start(); err != nil {
		return err
	}
	go func(c *exec.Cmd, ended chan struct{}) {
		c.Wait() // how it ended is in its log
		close(ended)
	}(n.command, n.ended)
	return nil
}

// Signal sends a signal to the process of the node.
func (n *Node) Signal(s syscall.Signal) error { return n.command.Process.Signal(s) }

// Kill ends a node at once, as kill -9 does.
func (n *Node) Kill() error {
	err := n.command.Process.Kill()
	<-n.ended
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// Location is the index called name in the cluster.
func (c *Cluster) Location(name string) string { return "opensearch://" + c.Hosts() + "/" + name }

// Hosts lists the addresses of the nodes.
func (c *Cluster) Hosts() string {
	var hosts []string
	for _, n := range c.Nodes {
		hosts = append(hosts, n.Address)
	}
	return strings.Join(hosts, ",")
}

// Wait waits until all nodes are up and hold what they should, four minutes at most.
func (c *Cluster) Wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 4*time.Minute)
	defer cancel()
	for {
		for _, n := range c.Nodes {
			address := fmt.Sprintf("http://%s/_cluster/health?wait_for_nodes=%d&wait_for_status=green&timeout=10s", n.Address, len(c.Nodes))
			if body, err := get(ctx, address); err == nil && strings.Contains(body, `"timed_out":false`) {
				return nil
			}
			select {
			case <-n.ended:
				tail, _ := os.ReadFile(n.Log)
				return fmt.Errorf("a node ended as it started:\n%s", tail[max(0, len(tail)-2000):])
			default:
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the cluster does not come up: %w", ctx.Err())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func get(ctx context.Context, address string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return string(b), err
}

// Stop ends all nodes.
func (c *Cluster) Stop() error {
	var errs []error
	for _, n := range c.Nodes {
		errs = append(errs, n.Kill())
	}
	return errors.Join(errs...)
}

// Running is where a cluster runs that tests may use instead of one of their own:
// host:port,host:port in this variable of the environment.
const Running = "BAOGAO_TEST_CLUSTER"

// Test runs a cluster of n nodes until a test ends. The test is skipped, with a
// line, where Maven or Java is missing.
func Test(tb testing.TB, n int, settings ...string) *Cluster {
	tb.Helper()
	if testing.Short() {
		tb.Skip("a cluster takes too long for -short")
	}
	c, err := Start(tb.Context(), tb.TempDir(), n, settings...)
	if errors.Is(err, ErrMissing) {
		tb.Skip(err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { c.Stop() })
	return c
}

// shared is the node that the tests of a package share.
var shared struct {
	sync.Mutex
	cluster *Cluster
	dir     string
	err     error
}

// Main runs the tests of a package, and ends the node that they share.
func Main(m *testing.M) int {
	defer func() {
		if shared.cluster != nil {
			shared.cluster.Stop()
		}
		os.RemoveAll(shared.dir)
	}()
	return m.Run()
}

// Hosts gives the nodes of a cluster to ask and not to end: those that run already,
// see Running, or else one node that the tests of a package share, see Main.
func Hosts(tb testing.TB) string {
	tb.Helper()
	if testing.Short() {
		tb.Skip("a cluster takes too long for -short")
	}
	if hosts := os.Getenv(Running); hosts != "" {
		return hosts
	}
	shared.Lock()
	defer shared.Unlock()
	if shared.cluster == nil && shared.err == nil {
		shared.dir, shared.err = os.MkdirTemp("", "baogao-cluster-")
		if shared.err == nil {
			shared.cluster, shared.err = Start(context.WithoutCancel(tb.Context()), shared.dir, 1)
		}
	}
	if errors.Is(shared.err, ErrMissing) {
		tb.Skip(shared.err)
	}
	if shared.err != nil {
		tb.Fatal(shared.err)
	}
	return shared.cluster.Hosts()
}

// freePorts finds ports that nothing listens on.
func freePorts(n int) ([]int, error) {
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close() // all are held until all are found, so that none is given twice
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// findJava finds the folder of a Java that is new enough and has a compiler.
func findJava(ctx context.Context) (string, error) {
	places := []string{os.Getenv("JAVA_HOME")}
	installed, _ := filepath.Glob("/usr/lib/jvm/*")
	for _, home := range append(places, installed...) {
		if home == "" {
			continue
		}
		out, err := exec.CommandContext(ctx, filepath.Join(home, "bin", "javac"), "-version").CombinedOutput()
		if err != nil {
			continue
		}
		version, _, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(string(out), "javac")), ".")
		if n, _ := strconv.Atoi(version); n >= oldest {
			return home, nil
		}
	}
	return "", fmt.Errorf("%w: no Java of version %d or later with a compiler, in JAVA_HOME or /usr/lib/jvm", ErrMissing, oldest)
}

// prepare gets the artifacts and compiles the main class, once for all tests, and
// returns the folder of both.
func prepare(ctx context.Context, java string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("%w: no folder for caches: %v", ErrMissing, err)
	}
	dir := filepath.Join(cache, "baogao", "opensearch-"+Version)
	if made, err := os.ReadFile(filepath.Join(dir, "Main.java")); err == nil && string(made) == string(source) {
		return dir, nil
	}
	maven, err := exec.LookPath("mvn")
	if err != nil {
		return "", fmt.Errorf("%w: no mvn, which gets OpenSearch", ErrMissing)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), "opensearch-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(temp)
	for name, content := range map[string][]byte{"pom.xml": pom, "Main.java": source, "log4j2.properties": []byte(logging)} {
		if err := os.WriteFile(filepath.Join(temp, name), content, 0o644); err != nil {
			return "", err
		}
	}
	get := exec.CommandContext(ctx, maven, "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=lib")
	compile := exec.CommandContext(ctx, filepath.Join(java, "bin", "javac"), "-nowarn", "-cp", filepath.Join("lib", "*"), "Main.java")
	for i, c := range []*exec.Cmd{get, compile} {
		c.Dir = temp
		if out, err := c.CombinedOutput(); err != nil {
			missing := cmp.Or(map[int]error{0: ErrMissing}[i], errors.New("compiling its main class"))
			return "", fmt.Errorf("%w: %v: %s", missing, err, out[max(0, len(out)-500):])
		}
	}
	os.RemoveAll(dir) // of a former main class
	if err := os.Rename(temp, dir); err != nil {
		if _, there := os.Stat(filepath.Join(dir, "Main.class")); there != nil {
			return "", err
		} // another test was quicker
	}
	return dir, nil
}
