//go:build unix

package cluster

import "syscall"

// ownGroup keeps an interrupt of the test's terminal from the nodes.
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
