package api

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"maps"
	"path"
	"slices"

	"go.yaml.in/yaml/v4"
)

// DocumentPath is where the description of the interface is served.
const DocumentPath = "/openapi.json"

//go:embed openapi.yaml
var contract []byte

// An Operation is what the contract says of one, as far as the service goes by
// it.
type Operation struct {
	ID, Path   string
	Parameters []Parameter
	Statuses   []string // of its answers, in order
}

// A Parameter is one of an operation.
type Parameter struct {
	Name             string
	In               string // query, or path: the end of it
	Required         bool
	Many             bool     // it may be given several times
	Type             string   // of one value: string, integer or boolean
	Enum             []string // the values there are; none where the type allows all
	Minimum, Maximum *int     // of a number; nil where there is no bound
}

// contractForm is what is read of the contract.
type contractForm struct {
	Paths map[string]struct {
		Get struct {
			ID         string `yaml:"operationId"`
			Parameters []parameterForm
			Responses  map[string]any
		}
	}
	Components struct{ Parameters map[string]parameterForm }
}

type parameterForm struct {
	Ref      string `yaml:"$ref"` // to one of the components
	Name, In string
	Required bool
	Schema   schemaForm
}

type schemaForm struct {
	Type             string
	Enum             []string
	Minimum, Maximum *int
	Items            *schemaForm
}

// operations returns those of the contract, by path.
func operations() []Operation {
	var form contractForm
	decode(&form)
	var all []Operation
	for _, at := range slices.Sorted(maps.Keys(form.Paths)) {
		get := form.Paths[at].Get
		op := Operation{ID: get.ID, Path: at, Statuses: slices.Sorted(maps.Keys(get.Responses))}
		for _, p := range get.Parameters {
			if p.Ref != "" {
				p = form.Components.Parameters[path.Base(p.Ref)]
			}
			op.Parameters = append(op.Parameters, p.parameter())
		}
		all = append(all, op)
	}
	return all
}

func (p parameterForm) parameter() Parameter {
	one := *cmp.Or(p.Schema.Items, &p.Schema)
	return Parameter{
		Name: p.Name, In: p.In, Required: p.Required, Many: p.Schema.Items != nil,
		Type: one.Type, Enum: one.Enum, Minimum: one.Minimum, Maximum: one.Maximum,
	}
}

// document returns the contract as JSON, of a version of the program.
func document(version string) []byte {
	var doc map[string]any
	decode(&doc)
	if version != "" {
		doc["info"].(map[string]any)["version"] = version
	}
	b, err := json.Marshal(doc)
	if err != nil {
		panic("the contract: " + err.Error()) // it is the same in every run
	}
	return b
}

func decode(form any) {
	if err := yaml.Unmarshal(contract, form); err != nil {
		panic("the contract: " + err.Error()) // it is the same in every run
	}
}
