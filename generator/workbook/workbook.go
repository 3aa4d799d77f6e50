// Package workbook writes the report as a spreadsheet, evidence.xlsx, and the
// templates that people fill in where no tool exports a data set. Nothing of
// an export ever becomes a formula: the only formulas are our own, which count
// the rows of the workbook again.
package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"proofpack/generator/report"
)

// Write writes the evidence workbook of a report: the same bytes for the same
// report.
func Write(r *report.Report) ([]byte, error) {
	w := &writer{file: excelize.NewFile(), report: r}
	var err error
	if w.styles, err = newStyles(w.file); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	for i := range r.Workbook {
		s := &r.Workbook[i]
		if i == 0 {
			err = w.file.SetSheetName("Sheet1", s.Name)
		} else {
			_, err = w.file.NewSheet(s.Name)
		}
		if err == nil {
			err = w.sheet(s)
		}
		if err != nil {
			return nil, fmt.Errorf("workbook: sheet %s: %w", s.Name, err)
		}
	}
	title := "Evidence of " + r.Company + ", " + r.MonthName
	return packed(w.file, title, r.Company, r.AsOf)
}

// packed is a finished file as bytes. Its dates are the report's.
func packed(f *excelize.File, title, by string, asOf time.Time) ([]byte, error) {
	at := asOf.UTC().Format("2006-01-02T15:04:05Z")
	err := f.SetDocProps(&excelize.DocProperties{Title: text(title), Creator: text(by), LastModifiedBy: text(by), Created: at, Modified: at, Language: "en-US"})
	if err == nil {
		err = f.SetAppProps(&excelize.AppProperties{Application: "proofpack"})
	}
	var b bytes.Buffer
	if err == nil {
		_, err = f.WriteTo(&b)
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = order(&b)
	}
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return b.Bytes(), nil
}

// contentTypes is the part by which programs tell a workbook from another zip.
const contentTypes = "[Content_Types].xml"

// order packs a workbook again with its parts in the order of their names,
// that of the types first: the library takes them out of a map.
func order(b *bytes.Buffer) error {
	from, err := zip.NewReader(bytes.NewReader(bytes.Clone(b.Bytes())), int64(b.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(from.File, func(x, y *zip.File) int {
		if first := (x.Name == contentTypes); first != (y.Name == contentTypes) {
			if first {
				return -1
			}
			return 1
		}
		return strings.Compare(x.Name, y.Name)
	})
	b.Reset()
	to := zip.NewWriter(b)
	for _, f := range from.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		w, err := to.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err == nil {
			_, err = io.Copy(w, r)
		}
		if err := errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return to.Close()
}

// A writer writes one workbook.
type writer struct {
	file   *excelize.File
	report *report.Report
	styles *styles
}
