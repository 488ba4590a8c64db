//go:build race

package pdf

func init() { slow = true }
