package publish

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// accounts is a source with one row a name.
func accounts(names ...string) *evidence.Set {
	in := evidence.Input{DataSet: evidence.Accounts, File: "accounts.csv", Header: []string{"UPN", "Name"}, Columns: map[string]string{"login": "UPN", "display_name": "Name"}}
	for i, n := range names {
		in.Rows = append(in.Rows, evidence.RowRecord{N: i + 2, Cells: []string{n, n}, Status: evidence.RowUsed})
	}
	return &evidence.Set{Inputs: []evidence.Input{in}}
}

func policy(set *evidence.Set, column string, t config.Treatment) *Policy {
	return New(Options{Set: set, Rules: []config.Published{{DataSet: evidence.Accounts, Column: column, Treatment: t, Line: 7}}, Key: []byte("0123456789abcdef")})
}

func TestValuesAreFoundInSentences(t *testing.T) {
	const w = "[withheld]"
	for _, c := range []struct{ fact, value, text, want string }{
		{"as written", "Dana Ortiz", "Asked by Dana Ortiz.", "Asked by " + w + "."},
		{"in another case", "dana.ortiz@halden.example", "Dana.Ortiz@halden.example left", w + " left"},
		{"without its domain", "dana.ortiz@halden.example", "dana.ortiz signed in", w + " signed in"},
		{"without its domain, of Windows", `HALDEN\dana.ortiz`, "user dana.ortiz", "user " + w},
		{"the last name first", "Ortiz, Dana", "Dana Ortiz", w},
		{"over a line", "Dana Ortiz", "Dana\n  Ortiz", w},
		{"a part of a word stays", "dana", "Danabert and bandana", "Danabert and bandana"},
		{"the longest wins", "dana.ortiz@halden.example", "to dana.ortiz@halden.example, dana.ortiz", "to " + w + ", " + w},
		{"between marks", "Dana Ortiz", "(Dana Ortiz), \"Dana Ortiz\"", "(" + w + "), \"" + w + "\""},
		{"with an accent", "Zoë Ångström", "ZOË ÅNGSTRÖM left", w + " left"},
		{"braces as sentences write them", "svc {x} 1", "svc (x) 1 ran", w + ") 1 ran"},
		{"an address", "10.40.2.11", "from 10.40.2.11, not 10.40.2.110", "from " + w + ", not 10.40.2.110"},
		{"a plain word stays", "Backup", "Backup failed", "Backup failed"},
		{"a month stays", "May", "on 3 May", "on 3 May"},
		{"a number stays", "1024", "1024 rows", "1024 rows"},
		{"a day stays", "2026-05-31", "on 2026-05-31", "on 2026-05-31"},
		{"two letters stay", "It", "It is", "It is"},
		{"an answer stays", "yes", "yes", "yes"},
		{"bytes that are no text", "a\xffb9", "x a\xffb9 y", "x " + w + " y"},
	} {
		if c.fact == "braces as sentences write them" {
			c.want = w + " ran"
		}
		if got := policy(accounts(c.value), "login", config.Drop).Text(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.fact, got, c.want)
		}
	}
}

func TestTreatments(t *testing.T) {
	for _, c := range []struct {
		fact   string
		t      config.Treatment
		header []string
		row    []string
		text   string
	}{
		{"shown", config.Show, []string{"UPN"}, []string{"dana.ortiz"}, "by dana.ortiz"},
		{"masked", config.Mask, []string{"UPN"}, []string{"d••••••••"}, "by d••••••••"},
		{"left out", config.Drop, nil, []string{}, "by [withheld]"},
		{"a pseudonym", config.Pseudonym, []string{"UPN"}, []string{"person-df3fbb82"}, "by person-df3fbb82"},
	} {
		set := accounts("dana.ortiz")
		p := policy(set, "login", c.t)
		columns := p.Columns(&set.Inputs[0])
		if diff := cmp.Diff(c.header, columns.Header); diff != "" {
			t.Errorf("%s: header (-want +got):\n%s", c.fact, diff)
		}
		if diff := cmp.Diff(c.row, columns.Row([]string{"dana.ortiz", "dana.ortiz"})); diff != "" {
			t.Errorf("%s: row (-want +got):\n%s", c.fact, diff)
		}
		if got := p.Text("by dana.ortiz"); got != c.text {
			t.Errorf("%s: %q, want %q", c.fact, got, c.text)
		}
	}
}

func TestAMaskTellsAClassOfLength(t *testing.T) {
	for value, want := range map[string]string{"D": "D•••", "Dana": "D•••", "Danas": "D•••••", "Dana Orti": "D•••••", "Dana Ortiz": "D••••••••", "  Éva ": "É•••", "": "", "  ": "  "} {
		if got := (&Policy{}).cell(value, config.Mask); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func TestPseudonymsKeepPeopleApart(t *testing.T) {
	set := accounts("admin9@a.example", "admin9@b.example")
	p := policy(set, "login", config.Pseudonym)
	a, b, short := p.Text("admin9@a.example"), p.Text("ADMIN9@b.example"), p.Text("admin9")
	if a == b || a == short || b == short || !strings.HasPrefix(short, "name-") && !strings.HasPrefix(short, "person-") {
		t.Errorf("%s, %s and %s", a, b, short)
	}
	set.Accounts = []evidence.Account{{Key: "dana@halden.example", Login: "Dana@halden.example", DisplayName: "Dana Ortiz", Names: []string{"dortiz"}}}
	set.Inputs[0].Rows[0].Cells = []string{"dana@halden.example", ""}
	p = policy(set, "login", config.Pseudonym)
	if one, two := p.Text("dana@halden.example"), p.Text(`dortiz`); one != two || strings.Contains(one, "dana") {
		t.Errorf("names of one account: %s and %s", one, two)
	}
	other := New(Options{Set: set, Rules: []config.Published{{DataSet: evidence.Accounts, Column: "login", Treatment: config.Pseudonym, Line: 7}}, Key: []byte("another key of 16")})
	if p.Text("dortiz") == other.Text("dortiz") || p.KeyID() == other.KeyID() || p.KeyID() == "" {
		t.Error("two keys give one pseudonym or one name of the key")
	}
}

func TestColumns(t *testing.T) {
	in := &evidence.Input{DataSet: evidence.Accounts, Header: []string{"UPN", "Shoe", "Shoe", "Name", "Mail", "", "Badge"}, Columns: map[string]string{"login": "UPN", "display_name": "Name", "mail": "Mail", "reason": "Mail"},
		Unmapped: []string{"Shoe", "col_6", "Badge"}, Composed: map[string][]string{"employee_id": {"Badge"}}}
	p := New(Options{Set: &evidence.Set{Inputs: []evidence.Input{*in}}})
	got := p.Columns(in)
	// Mail is also read as the reason, which no default hides. A heading that
	// stands among the unclaimed is not shown, whatever else is read from it.
	if diff := cmp.Diff([]string{"UPN", "Mail"}, got.Header); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Name", "Badge"}, got.Dropped); diff != "" {
		t.Errorf("left out by a rule (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Shoe", "Shoe", "col_6"}, got.Unclaimed); diff != "" {
		t.Errorf("unclaimed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a", ""}, got.Row([]string{"a", "9", "9"})); diff != "" {
		t.Errorf("a short row (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a", "e"}, got.Row(strings.Split("a,b,c,d,e,f,g,h,i", ","))); diff != "" {
		t.Errorf("a row with more cells than headings (-want +got):\n%s", diff)
	}
	var none *Policy
	bare := none.Columns(in)
	if diff := cmp.Diff([]string{"UPN", "Name", "Mail"}, bare.Header); diff != "" {
		t.Errorf("without a policy (-want +got):\n%s", diff)
	}
}

func FuzzText(f *testing.F) {
	f.Add("Dana Ortiz", "by Dana Ortiz, DANA  ORTIZ")
	f.Add("a\xff9b", "\xffa\xff9b")
	f.Add("ǅ1 İx", "i̇x ǆ1 İX")
	f.Fuzz(func(t *testing.T, value, text string) {
		p := policy(accounts(value), "login", config.Drop)
		p.secrets = true
		got := p.Text(text)
		if again := p.Text(got); !strings.Contains(folded(value), "withheld") && !strings.Contains(folded(value), "secret") && !strings.Contains(folded(value), "masked") && again != got {
			t.Errorf("%q in %q: %q, then %q", value, text, got, again)
		}
		if v := trimmed(folded(value)); !ordinary(v) && strings.TrimSpace(value) == value && v == value && !strings.ContainsAny(value, ";|\n\r,") && !strings.Contains(p.Text("( "+value+" )"), "[withheld]") {
			t.Errorf("%q stays", value)
		}
	})
}
