package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/diag"
)

// read reads a text as the file of that name.
func read(t *testing.T, name, content string, opts Options) *Table {
	t.Helper()
	table, err := Read(name, strings.NewReader(content), opts)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return table
}

// refused is the problem that a file is refused for.
func refused(t *testing.T, name, content string, opts Options) *diag.Problem {
	t.Helper()
	table, err := Read(name, strings.NewReader(content), opts)
	var p *diag.Problem
	if !errors.As(err, &p) {
		t.Fatalf("%s: got table %+v and error %v, want a problem", name, table, err)
	}
	if p.File != name || p.Code == "" || p.Message == "" || p.Fix == "" {
		t.Errorf("problem without place, code, message or fix: %+v", p)
	}
	return p
}

// cells are the rows without their numbers.
func cells(t *Table) [][]string {
	var all [][]string
	for _, r := range t.Rows {
		all = append(all, r.Cells)
	}
	return all
}

// numbers are the record numbers of the rows.
func numbers(t *Table) []int {
	var all []int
	for _, r := range t.Rows {
		all = append(all, r.N)
	}
	return all
}

// codes are the codes of the problems that are not fatal.
func codes(t *Table) []string {
	var all []string
	for _, p := range t.Problems {
		all = append(all, p.Code)
	}
	return all
}

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestTheHashIsOverTheBytesAsReceived(t *testing.T) {
	for name, content := range map[string]string{
		"plain.csv":   "a,b\n1,2\n",
		"bom.csv":     "\xef\xbb\xbfa,b\r\n1,2\r\n",
		"utf16.json":  toUTF16("[{\"a\":1}]\r\n", false),
		"packed.csv":  packed("a,b\n1,2\n"),
		"blanks.json": "[{\"a\":1}]   \n\n\n",
	} {
		table := read(t, name, content, Options{})
		sum := sha256.Sum256([]byte(content))
		same(t, name+" hash", hex.EncodeToString(sum[:]), table.SHA256)
		same(t, name+" size", int64(len(content)), table.Bytes)
	}
}

func TestAFailingDiskIsNoFaultOfTheFile(t *testing.T) {
	broken := errors.New("disk on fire")
	for _, content := range []string{"", "a,b\n1,2\n", "[{\"a\":", packed(strings.Repeat("a,b\n", 50000))[:200], "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"} {
		_, err := Read("x", io.MultiReader(strings.NewReader(content), iotest.ErrReader(broken)), Options{})
		var p *diag.Problem
		if !errors.Is(err, broken) || errors.As(err, &p) || !strings.HasPrefix(err.Error(), "source: x: ") {
			t.Errorf("after %.10q: got %v, want the wrapped error of the disk", content, err)
		}
	}
}

func TestStreamHandsOutRowsAndKeepsNone(t *testing.T) {
	var got [][]string
	table, err := Stream("x.csv", strings.NewReader("a,b\n1,2\n3,4\n"), Options{}, func(t *Table, r Row) error {
		if len(t.Header) != 2 {
			return errors.New("header is not known with the first row")
		}
		got = append(got, append([]string(nil), r.Cells...))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "rows", [][]string{{"1", "2"}, {"3", "4"}}, got)
	if table.Rows != nil || table.Records != 2 {
		t.Errorf("got %d rows kept, %d records", len(table.Rows), table.Records)
	}
}

func TestStreamEndsWithTheCallersError(t *testing.T) {
	enough := errors.New("enough")
	for name, content := range map[string]string{"x.csv": "a,b\n1,2\n3,4\n", "x.json": `[{"a":1},{"a":2}]`, "x.jsonl": "{\"a\":1}\n{\"a\":2}\n", "held.csv": "a,b,c\nx,y\n1,2,3\n"} {
		calls := 0
		_, err := Stream(name, strings.NewReader(content), Options{}, func(*Table, Row) error { calls++; return enough })
		if err != enough || calls != 1 {
			t.Errorf("%s: %d calls, error %v", name, calls, err)
		}
	}
}

func TestStreamOfJSONNamesEveryCell(t *testing.T) {
	_, err := Stream("x.jsonl", strings.NewReader("{\"a\":1}\n{\"b\":2}\n"), Options{}, func(t *Table, r Row) error {
		if len(t.Header) != len(r.Cells) {
			return errors.New("a cell without a name")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestReadingDoesNotDependOnHowBytesArrive(t *testing.T) {
	var quoted strings.Builder
	quoted.WriteString("name,text\r\n")
	for i := range 9000 {
		quoted.WriteString("\"Łódź\",\"line one\r\nline \"\"two\"\", €\"\r\nplain,x\r\n")
		if i%1000 == 0 {
			quoted.WriteString("\r\n")
		}
	}
	files := map[string]string{
		"a.csv":   quoted.String(),
		"b.csv":   strings.Repeat("host;caf\xe9\n", 200),
		"c.json":  toUTF16(`[{"a":"𝄞 and €"},{"a":2}]`, true),
		"d.jsonl": strings.Repeat(`{"a":"é","b":[1,2]}`+"\n", 500),
		"e.csv":   packed(strings.Repeat("a,\"b\n\"\n", 9000)),
	}
	for name, content := range files {
		want := read(t, name, content, Options{})
		for how, wrap := range map[string]func(io.Reader) io.Reader{
			"one byte at a time": iotest.OneByteReader, "half of what was asked": iotest.HalfReader, "end with the last bytes": iotest.DataErrReader,
		} {
			got, err := Read(name, wrap(bytes.NewReader([]byte(content))), Options{})
			if err != nil {
				t.Fatalf("%s, %s: %v", name, how, err)
			}
			same(t, name+", "+how, want, got)
		}
	}
}
