package intake

import (
	"slices"
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// readAccount reads one account of one directory. Rows of several directories
// that are of one account are merged when all are read: see mergeAccounts.
func readAccount(r *row, set *evidence.Set) {
	a := evidence.Account{
		Pos: r.pos(), DisplayName: r.displayName(), EmployeeID: r.text("employee_id"),
		Sponsor: r.person("sponsor"), Reason: r.text("reason"), Approver: r.person("approver"),
		Created: r.day("created_at"), SecretSet: r.day("password_set_at"),
	}
	ids := accountIDs{object: r.text("account_id"), upn: r.text("login"), mail: r.text("mail"), sam: r.text("sam_account_name"), employee: a.EmployeeID, directory: r.directory()}
	a.Login = firstWord(ids.upn, ids.sam, ids.mail)
	if a.Login == "" {
		r.reject("login is empty")
	}
	a.Enabled, a.Privileged, a.MFA = r.enabled(), r.privileged(), r.mfa()
	a.Kind = r.accountKind(a.Login)
	a.LastLogin, a.NeverLoggedIn = r.lastLogin()
	a.Expires, a.NoEnd = r.expires()
	a.Holds, a.HoldsKnown = r.holds()
	a.Rows = []evidence.AccountRow{{Pos: a.Pos, Directory: ids.directory, Login: a.Login, Enabled: a.Enabled}}
	r.identify(ids.directory, a.Login)
	if r.ok() {
		set.Accounts = append(set.Accounts, a)
		r.accountIDs = append(r.accountIDs, ids)
	}
}

// accountIDs are what an account row is known by, strongest first.
type accountIDs struct{ object, upn, mail, sam, employee, directory string }

func firstWord(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// Directories, as their exports are recognised.
const (
	activeDirectory = "Active Directory"
	entraID         = "Entra ID"
	googleWorkspace = "Google Workspace"
	awsIAM          = "AWS IAM"
	okta            = "Okta"
)

// directory is the tool that the headings are of; the file's name when none is
// known by them.
func (r *row) directory() string {
	has := func(keys ...string) bool {
		for _, k := range keys {
			if !slices.ContainsFunc(r.m.headings, func(h heading) bool { return h.key == k }) {
				return false
			}
		}
		return true
	}
	switch {
	case has("samaccountname") && (has("sid") || has("objectguid") || has("distinguishedname") || has("admincount") || has("lastlogondate")):
		return activeDirectory
	case has("userprincipalname", "accountenabled"):
		return entraID
	case has("2svenrolled") || has("orgunitpath"):
		return googleWorkspace
	case has("arn", "passwordenabled"):
		return awsIAM
	case has("profilelogin"):
		return okta
	}
	return r.t.File[strings.LastIndexByte(r.t.File, '/')+1:]
}

// displayName is the name; first and last name where they stand apart.
func (r *row) displayName() string {
	first, last := "", ""
	for col, h := range r.m.headings {
		switch v := r.raw(col); {
		case isBlank(v):
		case h.key == "firstname" || h.key == "givenname" || h.key == "profilefirstname":
			first = strings.TrimSpace(v)
		case h.key == "lastname" || h.key == "surname" || h.key == "profilelastname":
			last = strings.TrimSpace(v)
		}
	}
	name, col := r.cell("display_name")
	if name = strings.TrimSpace(name); name == "" || isBlank(name) || col >= 0 && (r.m.headings[col].key == "firstname" || r.m.headings[col].key == "givenname") {
		return strings.TrimSpace(first + " " + last)
	}
	return name
}

// openWords say that anybody can sign in with the account; a locked account
// opens by itself.
var openWords = map[string]evidence.Answer{
	"active": evidence.Yes, "provisioned": evidence.Yes, "staged": evidence.Yes, "recovery": evidence.Yes, "locked": evidence.Yes, "locked out": evidence.Yes,
	"password expired": evidence.Yes, "open": evidence.Yes, "enable": evidence.Yes,
	"suspended": evidence.No, "deprovisioned": evidence.No, "inactive": evidence.No, "archived": evidence.No, "deleted": evidence.No, "blocked": evidence.No,
	"deactivated": evidence.No, "closed": evidence.No, "terminated": evidence.No,
}

// closedHeadings are headings whose yes says that nobody can sign in.
var closedHeadings = map[string]bool{"suspended": true, "disabled": true, "accountdisabled": true}

// enabled tells whether anybody can sign in: by the column, or by a key in use.
func (r *row) enabled() evidence.Answer {
	v, col := r.cell("enabled")
	a := r.answerBy("enabled", openWords, "says neither that the account is open nor that it is closed")
	if col >= 0 && closedHeadings[r.m.headings[col].key] && !isBlank(v) {
		switch foldWords(v) {
		case "suspended", "disabled", "closed":
			a = evidence.No
		default:
			a = opposite(a)
		}
	}
	for _, key := range []string{"access_key_1", "access_key_2"} {
		if r.answer(key) == evidence.Yes {
			a = evidence.Yes
		}
	}
	return a
}

func opposite(a evidence.Answer) evidence.Answer {
	switch a {
	case evidence.Yes:
		return evidence.No
	case evidence.No:
		return evidence.Yes
	case evidence.Unknown:
	}
	return evidence.Unknown
}

// answerBy is yes or no by the common words and some of the column's own.
func (r *row) answerBy(column string, own map[string]evidence.Answer, not string) evidence.Answer {
	v, col := r.cell(column)
	if isBlank(v) {
		return evidence.Unknown
	}
	w := foldWords(v)
	if a, found := own[w]; found {
		return a
	}
	a, found := answers[w]
	if !found {
		r.bad(column, col, v, "bad-word", not)
	}
	return a
}

// ordinaryWords are roles without privilege.
var ordinaryWords = map[string]evidence.Answer{
	"user": evidence.No, "member": evidence.No, "standard": evidence.No, "standard user": evidence.No, "none": evidence.No, "guest": evidence.No,
	"read only": evidence.No, "reader": evidence.No, "employee": evidence.No, "normal": evidence.No,
	"owner": evidence.Yes, "root": evidence.Yes, "privileged": evidence.Yes, "super user": evidence.Yes, "superuser": evidence.Yes,
}

// privileged tells whether the account may change what others may do: an
// answer, or a role that says so.
func (r *row) privileged() evidence.Answer {
	v, _ := r.cell("privileged")
	if w := plainWords(v); strings.Contains(w, "admin") || strings.Contains(w, "operator") {
		return evidence.Yes
	}
	return r.answerBy("privileged", ordinaryWords, "says neither that the account is privileged nor that it is not")
}

// mfaWords say what is known of a second factor. A factor that is there is not
// one that is asked for.
var mfaWords = map[string]evidence.MFA{
	"enforced": evidence.MFAEnforced, "required": evidence.MFAEnforced, "mandatory": evidence.MFAEnforced, "always": evidence.MFAEnforced,
	"registered": evidence.MFARegistered, "enrolled": evidence.MFARegistered, "capable": evidence.MFARegistered, "optional": evidence.MFARegistered,
	"push": evidence.MFARegistered, "totp": evidence.MFARegistered, "fido2": evidence.MFARegistered, "sms": evidence.MFARegistered, "authenticator app": evidence.MFARegistered,
	"webauthn": evidence.MFARegistered, "passkey": evidence.MFARegistered, "phone": evidence.MFARegistered, "hardware token": evidence.MFARegistered,
	"none": evidence.MFANone, "not registered": evidence.MFANone, "not enrolled": evidence.MFANone, "never": evidence.MFANone, "not set": evidence.MFANone,
}

func (r *row) mfa() evidence.MFA {
	if r.answer("mfa_enforced") == evidence.Yes {
		return evidence.MFAEnforced
	}
	v, col := r.cell("mfa")
	if isBlank(v) {
		return evidence.MFAUnknown
	}
	w := foldWords(v)
	if m, found := mfaWords[w]; found {
		return m
	}
	switch answers[w] {
	case evidence.Yes:
		return evidence.MFARegistered
	case evidence.No:
		return evidence.MFANone
	case evidence.Unknown:
	}
	r.bad("mfa", col, v, "bad-word", "says nothing known of a second factor")
	return evidence.MFAUnknown
}

// accountKinds are looked for in the kind of an account.
var accountKinds = []phrase[evidence.AccountKind]{
	{"vendor", evidence.KindVendor}, {"supplier", evidence.KindVendor}, {"contractor", evidence.KindVendor}, {"external", evidence.KindVendor}, {"third party", evidence.KindVendor},
	{"guest", evidence.KindGuest}, {"shared", evidence.KindShared}, {"generic", evidence.KindShared}, {"kiosk", evidence.KindShared}, {"room", evidence.KindShared},
	{"service", evidence.KindService}, {"application", evidence.KindService}, {"system", evidence.KindService}, {"machine", evidence.KindService}, {"robot", evidence.KindService},
	{"person", evidence.KindPerson}, {"employee", evidence.KindPerson}, {"user", evidence.KindPerson}, {"staff", evidence.KindPerson}, {"human", evidence.KindPerson},
}

// accountKind is what the kind column says, else what the tool's own form of
// the login says beyond doubt. "Member" says that an account is no guest, not
// whose it is.
func (r *row) accountKind(login string) evidence.AccountKind {
	if k, found := phraseIn(r.text("kind"), accountKinds); found {
		return k
	}
	l := fold(login)
	switch {
	case strings.Contains(l, "#ext#"):
		return evidence.KindGuest
	case l == "<root_account>":
		return evidence.KindShared
	case strings.HasPrefix(l, "svc-"), strings.HasPrefix(l, "svc_"), strings.HasPrefix(l, "svc."), strings.HasSuffix(l, ".iam.gserviceaccount.com"):
		return evidence.KindService
	}
	return evidence.KindUnknown
}

// lastLogin is when the account was last used; never is a value and no gap.
func (r *row) lastLogin() (last time.Time, never bool) {
	v, _ := r.cell("last_login")
	last = r.day("last_login")
	if later(last, r.opts.AsOf) {
		last = r.opts.AsOf // the export was made after as-of: it was used by then
	}
	return last, last.IsZero() && neverWords[strings.ToLower(strings.TrimSpace(v))]
}

// expires is when the account ends by itself. A date that means never is none.
func (r *row) expires() (at time.Time, noEnd bool) {
	at = r.day("expires_at")
	return at, at.IsZero()
}

// nothingHeld says that an account holds nothing: an answer, not a blank.
var nothingHeld = map[string]bool{"none": true, "nothing": true, "no": true, "0": true, "no groups": true, "[]": true}

// holds is what the account still has. Names of a directory hold commas, so
// they are parted at other signs.
func (r *row) holds() (list []string, known bool) {
	v, _ := r.cell("holds")
	v = strings.TrimSpace(v)
	for _, key := range []string{"access_key_1", "access_key_2"} {
		switch r.answer(key) {
		case evidence.Yes:
			list, known = append(list, strings.ReplaceAll(key, "_", " ")), true
		case evidence.No:
			known = true
		case evidence.Unknown:
		}
	}
	switch {
	case nothingHeld[strings.ToLower(v)]:
		return list, true
	case strings.Contains(strings.ToUpper(v), "CN="):
		for _, dn := range strings.FieldsFunc(v, func(c rune) bool { return c == ';' || c == '|' || c == '\n' }) {
			first, _, _ := strings.Cut(strings.TrimSpace(dn), ",")
			if _, name, found := strings.Cut(first, "="); found && name != "" {
				list = append(list, name)
			}
		}
	default:
		list = append(list, splitList(v)...)
	}
	return list, known || len(list) > 0
}
