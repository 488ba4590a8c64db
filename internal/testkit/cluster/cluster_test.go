package cluster

import (
	"strings"
	"testing"
)

// TestCluster starts a node, ends it as a fault would, and starts it again.
func TestCluster(t *testing.T) {
	c := Test(t, 1)
	body, err := get(t.Context(), "http://"+c.Nodes[0].Address)
	if err != nil || !strings.Contains(body, Version) {
		t.Fatalf("%v: %s", err, body)
	}
	if err := c.Nodes[0].Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := get(t.Context(), "http://"+c.Nodes[0].Address); err == nil {
		t.Error("a node that was killed answers")
	}
	if err := c.Nodes[0].Start(); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(t.Context()); err != nil {
		t.Error(err)
	}
}
