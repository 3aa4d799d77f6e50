//go:build linux

package source

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"proofpack/generator/diag"
)

// childLimit is what a reader of hostile workbooks may use: what it writes to,
// in bytes, and the time of its processor.
const (
	childLimit = 256 << 20
	childTime  = time.Second
)

// TestHostileChild is no test but the child of the one below: it reads the
// file it is given under a limit of memory and says the code of the refusal.
func TestHostileChild(t *testing.T) {
	name := os.Getenv("PROOFPACK_HOSTILE")
	if name == "" {
		t.Skip("is started by TestHostileWorkbooksInAChild")
	}
	limit := syscall.Rlimit{Cur: childLimit, Max: childLimit}
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &limit); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	_, err = ReadAll("x.xlsx", f, Options{})
	var p *diag.Problem
	if !errors.As(err, &p) {
		t.Fatalf("read, or failed without a reason: %v", err)
	}
	fmt.Printf("code=%s\n", p.Code)
}

// TestHostileWorkbooksInAChild reads workbooks in their full size, in a process
// that dies where it takes too much memory. The kinds are those that make
// other readers hang or fill 3 GB.
func TestHostileWorkbooksInAChild(t *testing.T) {
	const open, shut = xmlHead + "<worksheet " + mainNS + "><sheetData>", "</sheetData></worksheet>"
	for _, c := range []struct {
		name, code string
		write      func(t *testing.T, file string)
	}{
		{"1 GB of spaces", "zip-too-large", repeats(open, " ", 1<<30, shut)},
		{"20 million cells in a row", "bad-workbook", repeats(open+`<row r="1">`, "<c/>", 20<<20, "</row>"+shut)},
		{"10 million cells without text", "empty-file", repeats(open, "<row>"+strings.Repeat("<c/>", 20)+"</row>", 1<<19, shut)},
		{"an inline string of 100 MB", "zip-too-dense", repeats(open+`<row r="1"><c r="A1" t="inlineStr"><is><t>`, "x", 100<<20, "</t></is></c></row>"+shut)},
		{"elements five million deep", "zip-too-dense", repeats(open, "<a>", 5<<20, shut)},
		{"a tag with five million attributes", "zip-too-dense", repeats(open+"<row ", `a="1" `, 5<<20, "/>"+shut)},
		{"an attribute of 100 MB", "zip-too-dense", repeats(open+`<row r="`, "1", 100<<20, `"/>`+shut)},
		{"a comment of 100 MB", "zip-too-dense", repeats(open+"<!--", "x", 100<<20, "-->"+shut)},
		{"one string in very many cells", "too-many-cells", packedAs(manyTimes())},
		{"rows with a cell far to the right", "too-many-cells", packedAs(sparse())},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "x.xlsx")
			c.write(t, file)
			cmd := exec.Command(os.Args[0], "-test.run=^TestHostileChild$", "-test.v")
			cmd.Env = append(os.Environ(), "PROOFPACK_HOSTILE="+file)
			out, err := cmd.CombinedOutput()
			used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			if err != nil || !strings.Contains(string(out), "code="+c.code+"\n") {
				t.Errorf("want code=%s: %v\n%.2000s", c.code, err, out)
			}
			if used > childTime {
				t.Errorf("took %v of the processor", used)
			}
		})
	}
}

// packedAs writes a workbook that is packed already.
func packedAs(content string) func(*testing.T, string) {
	return func(t *testing.T, file string) {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// repeats writes a workbook whose only sheet holds a piece many times.
func repeats(before, piece string, times int, after string) func(*testing.T, string) {
	sheet := func(w io.Writer) error {
		block := []byte(strings.Repeat(piece, max(1, 1<<16/len(piece))))
		_, err := io.WriteString(w, before)
		for left := times * len(piece); err == nil && left > 0; left -= len(block) {
			_, err = w.Write(block[:min(left, len(block))])
		}
		if err == nil {
			_, err = io.WriteString(w, after)
		}
		return err
	}
	return func(t *testing.T, file string) { bomb(t, file, sheet) }
}

// bomb writes a workbook whose only sheet is written by a function.
func bomb(t *testing.T, file string, sheet func(io.Writer) error) {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	for _, e := range bookOf("").entries() {
		f, err := w.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Deflate})
		switch {
		case err != nil:
		case e.name == sheet1:
			err = sheet(f)
		default:
			_, err = io.WriteString(f, e.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
