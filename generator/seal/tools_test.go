package seal

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"proofpack/generator/sign"
)

// commands are those of verify.txt for Linux, as they stand there.
func commands(t *testing.T, help string) string {
	t.Helper()
	_, linux, found := strings.Cut(help, "LINUX AND MACOS")
	linux, _, ended := strings.Cut(linux, "\nWINDOWS")
	if !found || !ended {
		t.Fatalf("verify.txt has no part for Linux:\n%s", help)
	}
	var b strings.Builder
	for line := range strings.Lines(linux) {
		if c, ok := strings.CutPrefix(line, "    "); ok {
			b.WriteString(c)
		}
	}
	return b.String()
}

// sh runs commands one after the other, as a reader types them, and gives what
// they say; the error tells that one of them failed. HOME is a folder of its own.
func sh(t *testing.T, dir, script string) (string, error) {
	t.Helper()
	for _, tool := range []string{"openssl", "pdfsig", "unzip", "sha256sum"} {
		run(t, dir, tool, "--help") // skips, or fails in CI, when it is missing
	}
	return run(t, dir, "sh", "-e", "-c", script)
}

func TestTheCommandsOfVerifyTxtWork(t *testing.T) {
	s := sealedMay(t)
	archiveOf := func() string { // the zip alone in a folder
		dir := filepath.Join(t.TempDir(), "x")
		write(t, filepath.Join(dir, filepath.Base(s.zip)), readFile(t, s.zip))
		return dir
	}
	forged := "x"
	for _, c := range []struct {
		fact, dir, help string
		ok              int // files that sha256sum calls OK
		forge           string
	}{
		{"a published folder", s.folder, readFile(t, filepath.Join(s.folder, publishedHelp)), 5, "index.html"},
		{"an archive", archiveOf(), readFile(t, filepath.Join(s.bag, bagHelp)), 16, ""},
	} {
		t.Run(c.fact, func(t *testing.T) {
			script := commands(t, c.help)
			out, err := sh(t, c.dir, script)
			if err != nil {
				t.Fatalf("%v\n%s\n%s", err, script, out)
			}
			if got := strings.Count(out, ": OK\n"); got != c.ok {
				t.Errorf("%d files are OK, want %d\n%s", got, c.ok, out)
			}
			// Once without and once with the question whose certificate it is.
			if strings.Count(out, "CMS Verification successful") != 2 {
				t.Errorf("openssl does not say twice that the signature is good:\n%s", out)
			}
			for _, want := range []string{"Signature is Valid", "Total document signed"} {
				if !strings.Contains(out, want) {
					t.Errorf("pdfsig does not say %q:\n%s", want, out)
				}
			}
			printed := regexp.MustCompile(`(?i)sha256 fingerprint=([0-9A-F:]+)`).FindStringSubmatch(out)
			if printed == nil || !strings.Contains(c.help, printed[1]) || colons(sign.FullFingerprint(s.key.Certificate)) != printed[1] {
				t.Errorf("openssl prints the fingerprint %v, verify.txt another", printed)
			}
			if c.forge == "" {
				return
			}
			write(t, filepath.Join(c.dir, c.forge), forged)
			if out, err := sh(t, c.dir, script); err == nil || !strings.Contains(out, c.forge+": FAILED") {
				t.Errorf("a changed page: %v\n%s", err, out)
			}
			relist(t, c.dir, publishedList, c.forge)
			if out, err := sh(t, c.dir, script); err == nil || !strings.Contains(out, "verification failure") && !strings.Contains(out, "Verification failure") {
				t.Errorf("a changed page and list: %v\n%s", err, out)
			}
		})
	}
}

func TestForgedBagsFailWithTheCommandsOfVerifyTxt(t *testing.T) {
	s := sealedMay(t)
	script := commands(t, readFile(t, filepath.Join(s.bag, bagHelp)))
	script = script[strings.Index(script, "sha256sum"):] // it is unpacked
	const source = "data/sources/restore-tests.csv"
	for _, c := range []struct {
		fact  string
		lists []string // that the forger writes again
		want  string
	}{
		{"a source", nil, source + ": FAILED"},
		{"a source and the list", []string{bagList}, bagList + ": FAILED"},
		{"a source and both lists", []string{bagList, bagTagList}, "erification failure"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			dir := copied(t, s.bag)
			write(t, filepath.Join(dir, filepath.FromSlash(source)), "x")
			for _, list := range c.lists {
				of := source
				if list == bagTagList {
					of = bagList
				}
				relist(t, dir, list, of)
			}
			if out, err := sh(t, dir, script); err == nil || !strings.Contains(out, c.want) {
				t.Errorf("%v, want %q\n%s", err, c.want, out)
			}
		})
	}
}

func TestTheCommandsOfADraftAskForNoSignature(t *testing.T) {
	p := may(t, t.TempDir(), nil)
	r := publish(t, p)
	dir := filepath.Join(p.Out, r.Folder)
	help := readFile(t, filepath.Join(dir, publishedHelp))
	script := commands(t, help)
	if strings.Contains(script, "openssl") || !strings.Contains(help, unsigned) {
		t.Errorf("verify.txt of a draft:\n%s", help)
	}
	if out, err := sh(t, dir, script); err != nil || strings.Count(out, ": OK\n") != 5 {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestVerifyTxtCountsTheFiles(t *testing.T) {
	s := sealedMay(t)
	out, err := run(t, s.folder, "sh", "-c", "find . -type f | wc -l")
	if err != nil {
		t.Fatal(err)
	}
	if help := readFile(t, filepath.Join(s.folder, publishedHelp)); !strings.Contains(help, "The list has 5 files, and the folder "+strings.TrimSpace(out)+":") {
		t.Errorf("the folder has %s files:\n%s", out, help)
	}
}

func TestAnIssuedCertificateIsCheckedWithOpenSSL(t *testing.T) {
	dir := t.TempDir()
	script := `openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj "/CN=Halden authority" -days 3650 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout dana.key -out dana.csr -subj "/CN=Dana Ortiz" 2>/dev/null
printf 'keyUsage=digitalSignature\nextendedKeyUsage=emailProtection\n' > ext
openssl x509 -req -in dana.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile ext -days 3000 -out dana.pem 2>/dev/null
cat dana.key dana.pem ca.pem`
	pem, err := sh(t, dir, script)
	if err != nil {
		t.Fatalf("%v\n%s", err, pem)
	}
	key, err := sign.ParsePEM([]byte(pem))
	if err != nil {
		t.Fatal(err)
	}
	at := key.Certificate.NotBefore.AddDate(0, 1, 0)
	p := may(t, t.TempDir(), nil)
	pdf := packetPDF(t, key, at)
	p.Key, p.At, p.Index = key, at, nil
	p.Write = func(f *Folder) error { return f.Write("packet.pdf", pdf) }
	r := publish(t, p)
	folder := filepath.Join(p.Out, r.Folder)
	if v := verify(t, folder, VerifyOptions{Trust: key.Chain[0]}); !v.Verified() || !v.Signatures[0].Pinned {
		t.Errorf("the authority trusted: %s", failures(v))
	}
	if out, err := sh(t, folder, commands(t, readFile(t, filepath.Join(folder, publishedHelp)))); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestTheZipHasOneForm(t *testing.T) {
	files := []packed{inMemory("a/b/c.txt", []byte("see")), inMemory("a/a.txt", nil), inMemory("a/b.txt", bytes.Repeat([]byte("x"), 70000))}
	zip := func(order ...int) string {
		var b bytes.Buffer
		var shuffled []packed
		for _, i := range order {
			shuffled = append(shuffled, files[i])
		}
		if err := writeZip(&b, shuffled); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	first := zip(0, 1, 2)
	for _, order := range [][]int{{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		if zip(order...) != first {
			t.Errorf("the order %v gives other bytes", order)
		}
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "x.zip"), first)
	if out, err := run(t, dir, "unzip", "x.zip", "-d", "x"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got := content(t, filepath.Join(dir, "x"))
	if len(got) != 3 || got["a/b/c.txt"] != "see" || got["a/a.txt"] != "" || len(got["a/b.txt"]) != 70000 {
		t.Errorf("unpacked %d files", len(got))
	}
	if out, err := run(t, dir, "unzip", "-tq", "x.zip"); err != nil || !strings.Contains(out, "No errors") {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := os.Stat(filepath.Join(dir, "x", "a")); err != nil {
		t.Error(err)
	}
}
