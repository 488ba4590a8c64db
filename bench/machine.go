package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// A machine is what the figures were measured on.
type machine struct {
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	Memory int64  `json:"memory"` // bytes
	Kernel string `json:"kernel"`
	Go     string `json:"go"`
}

func (m machine) String() string {
	return fmt.Sprintf("%s, %d cores, %.0f GB of memory, %s, %s", m.CPU, m.Cores, float64(m.Memory)/1e9, m.Kernel, m.Go)
}

// thisMachine reads what the system tells of the machine; what it does not tell
// is unknown.
func thisMachine() machine {
	m := machine{
		CPU: field("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(),
		Kernel: runtime.GOOS, Go: runtime.Version() + " " + runtime.GOARCH,
	}
	if m.CPU == "" {
		m.CPU = "unknown processor"
	}
	fmt.Sscanf(field("/proc/meminfo", "MemTotal"), "%d kB", &m.Memory)
	m.Memory <<= 10
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.Kernel = "Linux " + strings.TrimSpace(string(release))
	}
	return m
}

// field returns the value of the first line of a file that begins with a name
// and a colon, "" if there is none.
func field(file, name string) string {
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for in.Scan() {
		if key, value, ok := strings.Cut(in.Text(), ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
