package api

import (
	"context"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"baogao"
	"baogao/internal/export"
)

var exportOperation = operation{
	id: "export", path: "/api/v1/export",
	summary: "Download a whole result",
	description: "Every passage that matches a question exactly, as a file, without limit: all of one generation of the index, in the order asked for. " +
		"A file is whole when the transfer ends without an error; one that cannot be finished is broken off. " +
		"The trailer X-Total-Count tells how many hits it has.",
	params: append(filterParams[:len(filterParams):len(filterParams)],
		param{name: "format", description: "csv for spreadsheets, with a ' before every cell that would be taken for a formula; jsonl for scripts, a hit a line, unaltered.",
			schema: huma.Schema{Type: huma.TypeString, Enum: list(export.Forms), Default: "csv"}, example: "csv"},
		param{name: "bom", description: "Begin a CSV with a byte order mark, by which older spreadsheets know UTF-8.", schema: flag, example: true},
	),
}

// exportInput is what the parameters of an export say.
type exportInput struct {
	request baogao.Request
	file    export.File
}

// addExport registers the operation whose answer is a file.
func addExport(a *API) {
	op := exportOperation.describe(a)
	huma.Register(a.huma, op, func(_ context.Context, q *request) (*huma.StreamResponse, error) {
		in, err := a.exportInput(q.http.URL.RawQuery)
		if err != nil {
			return nil, a.problem(q.http, err)
		}
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			r, w := humago.Unwrap(ctx)
			if err := export.Serve(w, r, a.searcher.Hits(r.Context(), in.request), in.file); err != nil {
				p := a.problem(r, err)
				Fail(w, r, p.Status, p.Detail)
			}
		}}, nil
	})
}

func (a *API) exportInput(rawQuery string) (in exportInput, err error) {
	v, err := read(rawQuery, exportOperation.params)
	if err != nil {
		return in, err
	}
	if in.request, err = question(v); err != nil {
		return in, err
	}
	in.file = export.File{Form: v.Get("format"), Question: v.Get("q"), Log: a.options.Log}
	if in.file.Form == "" {
		in.file.Form = "csv"
	}
	if !slices.Contains(export.Forms, in.file.Form) {
		return in, &paramError{"format", "is none there is; use one of " + strings.Join(export.Forms, ", ")}
	}
	if in.file.BOM, err = truth(v, "bom"); err != nil {
		return in, err
	}
	if in.file.BOM && in.file.Form != "csv" {
		return in, &paramError{"bom", "goes with format=csv; leave it out"}
	}
	return in, nil
}
