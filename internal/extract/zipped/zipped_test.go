package zipped

import (
	"archive/zip"
	"strings"
	"testing"
)

func TestKind(t *testing.T) {
	for _, tt := range []struct{ names, want string }{
		{"[Content_Types].xml _rels/.rels word/document.xml", "docx"},
		{"[Content_Types].xml xl/workbook.xml", "xlsx"},
		{"[Content_Types].xml ppt/presentation.xml", "pptx"},
		{"mimetype META-INF/manifest.xml content.xml", "odt"},
		{"OFD.xml Doc_0/Document.xml", "ofd"},
		{"mimetype META-INF/container.xml OEBPS/content.opf", "epub"},
		{"word/报告.txt 2022/遂宁市.txt", ""},
		{"content.xml", ""},
		{"", ""},
	} {
		t.Run(tt.names, func(t *testing.T) {
			var files []*zip.File
			for name := range strings.FieldsSeq(tt.names) {
				files = append(files, &zip.File{FileHeader: zip.FileHeader{Name: name}})
			}
			if got := Kind(files); got != tt.want {
				t.Errorf("Kind = %q, want %q", got, tt.want)
			}
		})
	}
}
