package pdf

import (
	_ "embed" // the code of PDFium
	"sync"

	"github.com/klauspost/compress/zstd"
)

// packedCode is the WebAssembly of PDFium, as it comes with go-pdfium, packed to two fifths
// of its size. It is unpacked where the first PDF comes.
//
//go:generate go run ./gen -out pdfium.wasm.zst
//go:embed pdfium.wasm.zst
var packedCode []byte

// theCode is the WebAssembly of PDFium.
var theCode = sync.OnceValues(func() ([]byte, error) {
	unpacker, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer unpacker.Close()
	return unpacker.DecodeAll(packedCode, nil)
})
