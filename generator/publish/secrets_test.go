package publish

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// The secrets of these tests are put together when they run: none of them may
// look like one in this file.
var (
	awsKey = "AKIA" + strings.Repeat("Q7", 8)
	jwt    = "eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0." + "c2lnbmF0dXJl"
	github = "ghp_" + strings.Repeat("a1B2", 9)
	slack  = "xoxb-" + "123456789012-abcdef"
	long   = strings.Repeat("aB3dE6", 8)
)

func TestWhatLooksLikeASecret(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"password=Hunter2", "a password"}, {"Password: Hunter", "a password"}, {`"password": "hunter22"`, "a password"}, {"PWD: x9!kk", "a password"}, {"DB_PASSWORD=geheim", "a password"},
		{"passwd = 'secretive'", "a password"}, {"restored, pass=abcd", "a password"}, {"Passwort: Sommer26", "a password"}, {"the password is Summer2026", "a password"}, {"password:abcd", "a password"},
		{"-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE", "a private key"}, {"BEGIN " + "PRIVATE KEY", "a private key"}, {"see " + awsKey + ".", "an access key of AWS"},
		{"Authorization: Bearer " + "abc123def456ghi", "a bearer token"}, {"cookie " + jwt, "a JSON web token"}, {"push with " + github, "a token of GitHub"}, {slack, "a token of Slack"},
		{"https://ops:" + "hunter22@nas.example/x", "a password in an address"}, {"token=" + "abcdef123456", "a secret"}, {"api_key: " + "abcdef123456", "a secret"}, {"key " + long, "a key"},
		{"AccountKey=" + long + "==", "a secret"},

		{"password=abc", ""}, {"password: reset", ""}, {"Password: expired.", ""}, {"password: ********", ""}, {"password", ""}, {"Invalid username or password", ""}, {"password last set 2026-05-01", ""},
		{"bypass: network", ""}, {"Second pass: failed", ""}, {"AKIA" + "SHORT", ""}, {"bearer of bad news, at length", ""}, {"token: renewed every month", ""}, {"https://nas.example:8443/x", ""},
		{"sha256 " + strings.Repeat("ab12", 16), ""}, {"monkey business", ""}, {"", ""}, {"ghp_short", ""}, {"eyJ", ""}, {"the password was changed", ""}, {"key 4711", ""},
	} {
		if got := kindIn(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestASecretIsMaskedWhole(t *testing.T) {
	for text, want := range map[string]string{
		"login ok, password=Hunter2, then " + awsKey:                                 "login ok, password=[masked] then [masked]",
		"x -----BEGIN " + "PRIVATE KEY-----\nMIIE\n-----END " + "PRIVATE KEY----- y": "x [masked] y",
		"cut off -----BEGIN " + "PRIVATE KEY-----\nMII":                              "cut off [masked]",
		"nothing here": "nothing here",
	} {
		if got := withoutSecrets(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// planted is a set with a secret in one cell of each column, and around the rows.
func planted() *evidence.Set {
	return &evidence.Set{Inputs: []evidence.Input{{
		DataSet: evidence.Accounts, File: "exports/2026-05/a.xlsx", Sheet: "S", Header: []string{"UPN", "Name", "Why", "Other", "Secret"},
		Columns: map[string]string{"login": "UPN", "display_name": "Name", "reason": "Why", "holds": "Secret"}, Unmapped: []string{"Other"},
		Rows: []evidence.RowRecord{
			{N: 2, Cells: []string{"dana", "Dana", "password=Hunter2", "", ""}},
			{N: 3, Cells: []string{"password=Hunter2", "Dana", "", "", ""}},
			{N: 4, Cells: []string{"dana", "password=Hunter2", "", "", ""}},
			{N: 5, Cells: []string{"dana", "Dana", "", "password=Hunter2", "none"}},
			{N: 6, Cells: []string{"dana", "Dana", "", "", "hunter99"}},
		},
		Outside: []evidence.OutsideLine{{N: 9, Text: "made with token=" + "abcdef123456"}}, Filters: "password=Hunter2",
	}}}
}

func TestSecretsAreRefusedWithTheirPlace(t *testing.T) {
	set := planted()
	var got []string
	for _, p := range New(Options{Set: set}).Search(set) {
		got = append(got, p.Pos.String()+": "+p.Message)
		if strings.Contains(p.Error(), "unter") || strings.Contains(p.Error(), "abcdef") {
			t.Errorf("a problem tells the secret: %v", p)
		}
		if !strings.Contains(p.Fix, "secrets: {waive: [{file: a.xlsx") {
			t.Errorf("the fix doesn't say how to waive: %s", p.Fix)
		}
	}
	const at, says = `exports/2026-05/a.xlsx sheet "S" row `, " stands here, and it would be published. Nothing was built."
	want := []string{ // the name is left out by default, and nothing claims the other column
		at + `3, column "UPN": What looks like a password` + says, at + `2, column "Why": What looks like a password` + says, at + `6, column "Secret": What looks like a password` + says,
		at + `9: What looks like a secret` + says, `exports/2026-05/a.xlsx.intake.yml: What looks like a password` + says,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAWaivedSecretIsMasked(t *testing.T) {
	set := planted()
	p := New(Options{Set: set, Waivers: []config.Waiver{{File: "a.xlsx", Row: 2, Why: "an example", By: "D. Ortiz"}, {File: "a.xlsx", Row: 6, Why: "an example", By: "D. Ortiz"}, {File: "b.xlsx", Row: 3, Why: "another file", By: "D. Ortiz"}}})
	problems := p.Search(set)
	if len(problems) != 3 || problems[0].Row != 3 {
		t.Errorf("%d problems remain: %v", len(problems), problems)
	}
	columns := p.Columns(&set.Inputs[0])
	if diff := cmp.Diff([]string{"dana", "password=[masked]", ""}, columns.Row(set.Inputs[0].Rows[0].Cells)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := p.Text("it holds HUNTER99, and password=Hunter2"); got != "it holds [masked], and password=[masked]" {
		t.Error(got)
	}
	if w := p.Waivers(); len(w) != 3 || len(w[0].Kinds) != 1 || len(w[2].Kinds) != 0 {
		t.Errorf("waivers: %+v", w)
	}
}

func FuzzSecrets(f *testing.F) {
	f.Add("password=Hunter2 " + jwt)
	f.Add("-----BEGIN " + "PRIVATE KEY")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, h := range secretsIn(text) {
			if h.from < last || h.to <= h.from || h.to > len(text) || h.kind == "" {
				t.Fatalf("%+v in %q", h, text)
			}
			last = h.to
		}
		withoutSecrets(text)
	})
}
