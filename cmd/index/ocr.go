package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"baogao/internal/extract"
	"baogao/internal/extract/ocr"
)

func ocrFlag(cmd *cobra.Command, on *bool) {
	cmd.Flags().BoolVar(on, "ocr", false, "read scans too, by the program tesseract: pages of PDF that are pictures, PNG, JPEG, TIFF")
}

// recogniser is what reads scans where that is asked for, else nil. It fails where the
// program or its models are not there.
func recogniser(ctx context.Context, on bool, progress func(found, read int)) (extract.Recogniser, error) {
	if !on {
		return nil, nil
	}
	r, err := ocr.New(ctx, recognisedFolder(), progress)
	if err != nil {
		return nil, err
	}
	return r, nil
}

// recognisedFolder is where what was read of pages is kept, "" where the user has no
// folder for such.
func recognisedFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "baogao", "ocr")
}
