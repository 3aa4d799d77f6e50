// Package packettest holds what tests of packets share.
package packettest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// jars are Apache Preflight and what it needs, in Debian's packages
// libpdfbox2-java, libactivation-java and libjaxb-api-java.
var jars = []string{"preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api"}

// fault is one line of Preflight's answer, such as "1.2.9 : Body Syntax error".
var fault = regexp.MustCompile(`(?m)^(\d+(?:\.\d+)*) : (.*)$`)

// Faults asks Apache Preflight what keeps a file from being PDF/A-1b, by code.
// There is no judge of PDF/A-3b in Debian, and part 3 allows all that part 1
// does: the file is judged as if it claimed part 1. What part 3 alone allows is
// for the caller to expect.
func Faults(t testing.TB, pdf []byte) map[string]string {
	t.Helper()
	missing := func(what string) {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is needed to judge PDF/A (make tools installs it)", what)
		}
		t.Skipf("SKIPPED: %s is not installed, nothing of PDF/A was judged (make tools installs it)", what)
	}
	if _, err := exec.LookPath("java"); err != nil {
		missing("java")
	}
	var path []string
	for _, j := range jars {
		file := "/usr/share/java/" + j + ".jar"
		if _, err := os.Stat(file); err != nil {
			missing(file)
		}
		path = append(path, file)
	}
	claim := []byte("<pdfaid:part>3<")
	if bytes.Count(pdf, claim) != 1 {
		t.Fatal("the file does not claim PDF/A-3 once")
	}
	file := filepath.Join(t.TempDir(), "packet.pdf")
	if err := os.WriteFile(file, bytes.Replace(pdf, claim, []byte("<pdfaid:part>1<"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	answer, err := exec.Command("java", "-cp", strings.Join(path, ":"), "org.apache.pdfbox.preflight.Validator_A1b", file).CombinedOutput()
	faults := map[string]string{}
	for _, m := range fault.FindAllSubmatch(answer, -1) {
		faults[string(m[1])] = string(m[2])
	}
	if valid := bytes.Contains(answer, []byte("is a valid PDF/A-1b file")); valid != (len(faults) == 0) {
		t.Fatalf("Preflight gives no judgement: %v\n%s", err, answer)
	}
	return faults
}
