package source

import (
	"bytes"
	"io"
	"strings"
)

// refusal is why a file of a known kind can't be a source, or nil. The kinds
// are told by their bytes; a file's name promises nothing.
func (in *input) refusal() error {
	h := in.head
	text := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(h[:min(len(h), 512)]), "\ufeff")))
	const (
		give   = "Unpack the archive and give the exports in it as files of their own."
		export = "Export the table itself as CSV from the tool that made this."
	)
	starts := func(magic string) bool { return bytes.HasPrefix(h, []byte(magic)) }
	begins := func(marks ...string) bool {
		for _, m := range marks {
			if strings.HasPrefix(text, m) {
				return true
			}
		}
		return false
	}
	switch {
	case starts("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return in.oldWorkbook()
	case starts("PK\x03\x04"), starts("PK\x05\x06"), starts("PK\x07\x08"):
		if isWorkbook(in) {
			return nil
		}
		return in.problem(0, "archive", "The file is a zip archive, not an export.", give)
	case starts("7z\xbc\xaf\x27\x1c"):
		return in.problem(0, "archive", "The file is a 7-Zip archive, not an export.", give)
	case starts("Rar!\x1a\x07"):
		return in.problem(0, "archive", "The file is a RAR archive, not an export.", give)
	case len(h) > 10 && starts("BZh") && string(h[4:10]) == "1AY&SY":
		return in.problem(0, "archive", "The file is packed with bzip2, which is not read.", "Unpack it with bunzip2, or pack it with gzip.")
	case starts("\xfd7zXZ\x00"):
		return in.problem(0, "archive", "The file is packed with xz, which is not read.", "Unpack it with unxz, or pack it with gzip.")
	case starts("\x28\xb5\x2f\xfd"):
		return in.problem(0, "archive", "The file is packed with Zstandard, which is not read.", "Unpack it with unzstd, or pack it with gzip.")
	case isGzip(h):
		return in.problem(0, "archive", "The file is gzip inside gzip.", "Unpack it once and give the result.")
	case len(h) > 262 && string(h[257:262]) == "ustar" && bytes.IndexByte(h[:257], 0) >= 0:
		return in.problem(0, "archive", "The file is a tar archive, not an export.", give)
	case starts("%PDF-"):
		return in.problem(0, "pdf", "The file is a PDF: a picture of a table, not the table.", export)
	case begins("<!doctype html", "<html", "<head", "<body", "<table", "<script"):
		return in.problem(0, "html", "The file is a web page, not an export: an HTML report, a sign-in page or an error page saved under the name of one.", export)
	case begins("<?xml", "<!doctype"):
		return in.problem(0, "xml", "The file is XML, which is not read.", "Export it again as CSV or JSON.")
	}
	return nil
}

// oldWorkbook tells the two files apart that wear the mark of Microsoft's
// compound files: only an encrypted workbook has a stream of this name.
func (in *input) oldWorkbook() error {
	var name []byte
	for _, c := range []byte("EncryptedPackage") {
		name = append(name, c, 0)
	}
	protected, err := in.contains(name)
	if err != nil {
		return err
	}
	if protected {
		return in.problem(0, "encrypted-workbook", "The workbook is protected with a password and can't be read.",
			"Open it in Excel, take the password off (File, Info, Protect Workbook), and save it again.")
	}
	return in.problem(0, "old-workbook", "The file is a workbook of Excel 97-2003 (.xls), which is not read.",
		"Open it in Excel and save the sheet as CSV.")
}

// contains searches the file up to MaxBytes; it is refused either way.
func (in *input) contains(what []byte) (bool, error) {
	block := make([]byte, headBytes)
	var tail []byte
	for seen := int64(0); seen < in.opts.MaxBytes; {
		n, err := in.raw.Read(block)
		seen += int64(n)
		tail = append(tail, block[:n]...)
		if bytes.Contains(tail, what) {
			return true, nil
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return false, err
		}
		tail = append(tail[:0], tail[max(0, len(tail)-len(what)):]...)
	}
	return false, nil
}
