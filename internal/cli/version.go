package cli

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// Version names the program, and is another one for each build of it: behind
// the version of the module stands the SHA-256 of the executable.
func Version() string {
	name := "devel"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		name = strings.Trim(info.Main.Version, "()")
	}
	path, err := os.Executable()
	if err != nil {
		return name
	}
	file, err := os.Open(path)
	if err != nil {
		return name
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return name
	}
	return fmt.Sprintf("%s+%x", name, sum.Sum(nil)[:6])
}

// showVersion adds the flag --version. The executable is only read when it is
// asked for.
func showVersion(root *cobra.Command) {
	cobra.AddTemplateFunc("versionOfBuild", Version)
	root.Version = "of the build" // cobra looks for the flag where there is one
	root.SetVersionTemplate("{{.Name}} {{versionOfBuild}}\n")
	root.Flags().Bool("version", false, "print the version") // cobra's own takes -v, which may begin an excluded word
}
