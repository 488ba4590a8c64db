package figure

// Keys stub.
type Keys struct{}
