package seal

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"proofpack/generator/sign"
)

// instructions are verify.txt: whose packet it is, and how to check it
// without this program. Tests run the commands as they stand.
type instructions struct {
	packet  string // name of the published folder
	company string
	tool    string
	asOf    string
	signed  string // how the line "signed" reads; unsigned for a draft

	bag      string    // name of the archive without .zip; "" in a published folder
	key      *sign.Key // nil for a draft
	at       time.Time // of signing
	list     string    // the file that is signed
	p7s      string
	packetAt string // packet.pdf; "" when there is none
}

// unsigned is what the line "signed" of a draft says.
const unsigned = "by nobody: unsigned draft"

// signedLine is what the line "signed" says: all that must agree with the signature.
func signedLine(name, fingerprint string, at time.Time) string {
	return fmt.Sprintf("%s by %s, key %s, epoch %d", at.UTC().Format(time.RFC3339), oneLine(name), fingerprint, at.Unix())
}

// headWidth is the width of the names in the head of verify.txt.
const headWidth = 10

func (in *instructions) head() string {
	var b strings.Builder
	for _, l := range [][2]string{{"packet", in.packet}, {"company", in.company}, {"made by", in.tool}, {"as of", in.asOf}, {"signed", in.signed}} {
		fmt.Fprintf(&b, "%-*s%s\n", headWidth, l[0], oneLine(l[1]))
	}
	return b.String()
}

// parseHead reads the head of a verify.txt whose digest has been checked.
func parseHead(text []byte) (in instructions, ok bool) {
	fields := []struct {
		name  string
		value *string
	}{{"packet", &in.packet}, {"company", &in.company}, {"made by", &in.tool}, {"as of", &in.asOf}, {"signed", &in.signed}}
	rest := string(text)
	for _, f := range fields {
		line, after, ended := strings.Cut(rest, "\n")
		value, has := strings.CutPrefix(line, fmt.Sprintf("%-*s", headWidth, f.name))
		if !ended || !has {
			return in, false
		}
		*f.value, rest = value, after
	}
	return in, true
}

// oneLine is text that can't break out of its line.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == ' ' }), " ")
}

// forFolder is verify.txt of a published folder with some files, itself counted.
func (in *instructions) forFolder(files int) []byte {
	var b strings.Builder
	b.WriteString(in.head())
	extra := 1 // the list
	if in.key != nil {
		extra = 2
	}
	fmt.Fprintf(&b, `
This folder can be checked without the program that made it.

LINUX AND MACOS, in this folder (macOS: shasum -a 256 for sha256sum)
The list has %d files, and the folder %d: %s. More files
than that (find . -type f | wc -l) were added by somebody.

    sha256sum -c %s
%s
WINDOWS, PowerShell in this folder; it prints only what is wrong
%s`, files, files+extra, besides(in.key), in.list, in.unix(), in.windows(in.list))
	b.WriteString(in.footer())
	return []byte(b.String())
}

// forBag is verify.txt of a bag.
func (in *instructions) forBag() []byte {
	var b strings.Builder
	b.WriteString(in.head())
	fmt.Fprintf(&b, `
This archive can be checked without the program that made it. The exports in
data/sources are as they were received, byte by byte: a cell may hold a formula,
so do not open them in a spreadsheet program that runs it.

LINUX AND MACOS, in the folder of the zip (macOS: shasum -a 256 for sha256sum)

    unzip -q %s.zip
    cd %s
    sha256sum -c %s
    sha256sum -c %s
%s
WINDOWS, PowerShell in the unpacked folder; it prints only what is wrong
%s`, in.bag, in.bag, bagTagList, bagList, in.unix(), in.windows(bagTagList, bagList))
	b.WriteString(in.footer())
	return []byte(b.String())
}

// besides says which files of a folder are not in its list.
func besides(k *sign.Key) string {
	if k == nil {
		return "these and the list itself"
	}
	return "these, the list and its signature"
}

// unix are the commands that check the signatures.
func (in *instructions) unix() string {
	if in.key == nil {
		return ""
	}
	anchor := ""
	if len(in.key.Chain) > 0 {
		anchor = " -partial_chain" // the signer's certificate alone is trusted, not its issuer
	}
	s := fmt.Sprintf(`    openssl cms -verify -noverify -binary -inform DER -in %[1]s -content %[2]s -signer "$HOME/signer.pem" -out /dev/null
    openssl x509 -in "$HOME/signer.pem" -noout -fingerprint -sha256
    openssl cms -verify -binary -inform DER -in %[1]s -content %[2]s -CAfile "$HOME/signer.pem" -attime %[3]d%[4]s -out /dev/null
`, in.p7s, in.list, in.at.Unix(), anchor)
	if in.packetAt != "" {
		s += fmt.Sprintf("    pdfsig %s\n", in.packetAt)
	}
	return s
}

// windows are the commands that check the lists of files and the signature.
// Convert-Path gives a path that .NET knows, on a share too.
func (in *instructions) windows(lists ...string) string {
	var b strings.Builder
	b.WriteByte('\n')
	for _, list := range lists {
		fmt.Fprintf(&b, `    Get-Content %s | ForEach-Object { $h, $f = $_ -split '  ', 2; if ((Get-FileHash -LiteralPath $f).Hash -ne $h) { "FAILED $f" } }
`, backslashed(list))
	}
	if in.key == nil {
		return b.String()
	}
	fmt.Fprintf(&b, `    Add-Type -AssemblyName System.Security
    $content = New-Object Security.Cryptography.Pkcs.ContentInfo (,[IO.File]::ReadAllBytes((Convert-Path %s)))
    $cms = New-Object Security.Cryptography.Pkcs.SignedCms $content, $true
    $cms.Decode([IO.File]::ReadAllBytes((Convert-Path %s)))
    $cms.CheckSignature($true)
    [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($cms.SignerInfos[0].Certificate.RawData))
`, backslashed(in.list), backslashed(in.p7s))
	return b.String()
}

func backslashed(name string) string { return strings.ReplaceAll(name, "/", `\`) }

// footer says what the commands show, and what they do not.
func (in *instructions) footer() string {
	if in.key == nil {
		return `
WHAT THIS SHOWS
Only that no file changed since the list was written. Nobody signed it: whoever
changes a file can change the list as well.
`
	}
	s := fmt.Sprintf(`
WHAT THIS SHOWS
Every line of the first commands must say OK, and openssl must say "CMS
Verification successful". -attime %d is the second of signing: without it
openssl refuses a certificate that has run out since.
`, in.at.Unix())
	if in.packetAt != "" {
		s += `pdfsig must say both "Signature is Valid" and "Total document signed".
`
	}
	return s + fmt.Sprintf(`
Whose signature it is, only the fingerprint tells. Have it from the signer, by
voice or on paper, not from this file. It should be (SHA-256)

    %s

Whoever holds the key can sign another list. Compare with the fingerprint and
the date on the paper copy of the packet.
`, colons(sign.FullFingerprint(in.key.Certificate)))
}

// colons is a digest as openssl prints it.
func colons(digest string) string {
	var b strings.Builder
	for i := 0; i+2 <= len(digest); i += 2 {
		if i > 0 {
			b.WriteByte(':')
		}
		b.WriteString(strings.ToUpper(digest[i : i+2]))
	}
	return b.String()
}
