//go:build unix

package ocr

import (
	"os/exec"
	"syscall"
)

// inGroup has a command, when its context is done, end with all that it started.
func inGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
