package seal

import (
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/sign"
)

// A sealed is one published month in all its forms.
type sealed struct {
	folder, zip, bag, pdf string
	key                   *sign.Key
}

func sealedMay(t *testing.T) sealed {
	t.Helper()
	key := someKey(t, 1, "Dana Ortiz")
	p := may(t, t.TempDir(), key)
	r := publish(t, p)
	folder := filepath.Join(p.Out, r.Folder)
	return sealed{folder, r.Archive, unpacked(t, r.Archive), filepath.Join(folder, "packet.pdf"), key}
}

func TestWhatWasPublishedVerifiesInEveryForm(t *testing.T) {
	s := sealedMay(t)
	for _, c := range []struct {
		path       string
		kind       Kind
		files      int
		signatures string
	}{
		{s.folder, KindFolder, 5, "prepared seal/prepared.p7s, packet packet.pdf"},
		{s.bag, KindBag, 16, "prepared signatures/prepared.p7s, prepared data/published/seal/prepared.p7s, packet data/published/packet.pdf"},
		{s.zip, KindArchive, 16, "prepared signatures/prepared.p7s, prepared data/published/seal/prepared.p7s, packet data/published/packet.pdf"},
		{s.pdf, KindPacket, 1, "packet packet.pdf"},
	} {
		t.Run(string(c.kind), func(t *testing.T) {
			for _, trust := range []*x509.Certificate{nil, s.key.Certificate} {
				v := verify(t, c.path, VerifyOptions{Trust: trust, At: checked})
				if !v.Verified() || v.Kind != c.kind || v.Files != c.files || v.Unchanged != c.files || v.Draft {
					t.Errorf("kind %s, %d of %d files, draft %v\n%s", v.Kind, v.Unchanged, v.Files, v.Draft, failures(v))
				}
				var signed []string
				for _, x := range v.Signatures {
					signed = append(signed, x.Part+" "+x.File)
					if x.Name() != "Dana Ortiz" || x.Pinned != (trust != nil) || !x.At.Equal(signedAt) {
						t.Errorf("signature %+v", x)
					}
				}
				if diff := cmp.Diff(c.signatures, strings.Join(signed, ", ")); diff != "" {
					t.Errorf("signatures (-want +got):\n%s", diff)
				}
				if c.kind != KindPacket && (v.Packet != "2026-05" || v.Company != "Halden Supply Co." || v.Tool != "proofpack 1.0.0" || v.AsOf != "2026-05-31T23:59:59-07:00") {
					t.Errorf("it is %q of %q by %q as of %q", v.Packet, v.Company, v.Tool, v.AsOf)
				}
				if (v.Record != nil) != (c.kind == KindBag || c.kind == KindArchive) {
					t.Errorf("record %v", v.Record)
				}
			}
			other := verify(t, c.path, VerifyOptions{Trust: someKey(t, 2, "Lee Park").Certificate, At: checked})
			if other.Verified() || other.Failures[0].Reason != sign.Untrusted || other.Signatures[0].Name() != "Dana Ortiz" {
				t.Errorf("another signer trusted: %s", failures(other))
			}
			if early := verify(t, c.path, VerifyOptions{At: signedAt.Add(-time.Hour)}); early.Verified() || early.Failures[0].Reason != sign.Expired {
				t.Errorf("checked before it was signed: %s", failures(early))
			}
			if late := verify(t, c.path, VerifyOptions{Trust: s.key.Certificate, At: checked.AddDate(12, 0, 0)}); !late.Verified() || !late.Signatures[0].Expired {
				t.Errorf("checked after the certificate ran out: %s", failures(late))
			}
		})
	}
}

func TestChangesToAFolderAreNamed(t *testing.T) {
	s := sealedMay(t)
	lee := someKey(t, 2, "Lee Park")
	at := func(dir, name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for _, c := range []struct {
		fact   string
		change func(dir string)
		want   string
		ignore string
	}{
		{"one letter of a page", func(d string) { write(t, at(d, "systems/shipping.html"), "<!doctype html><title>shipping</title>\n") }, "changed systems/shipping.html\n", ""},
		{"a page emptied", func(d string) { write(t, at(d, "index.html"), "") }, "changed index.html\n", ""},
		{"a page removed", func(d string) { remove(t, at(d, "data/restore-tests.html")) }, "missing data/restore-tests.html\n", ""},
		{"a page added", func(d string) { write(t, at(d, "systems/new.html"), "x") }, "extra systems/new.html\n", ""},
		{"a page renamed to capitals", func(d string) { rename(t, at(d, "index.html"), at(d, "Index.html")) }, "missing index.html\nextra Index.html\n", ""},
		{"files of file managers", func(d string) {
			write(t, at(d, "Thumbs.db"), "x")
			write(t, at(d, "systems/desktop.ini"), "x")
			write(t, at(d, "data/.DS_Store"), "x")
			write(t, at(d, "~$evidence.xlsx"), "x")
		}, "", "Thumbs.db data/.DS_Store systems/desktop.ini ~$evidence.xlsx"},
		{"a file almost of a file manager", func(d string) { write(t, at(d, "thumbs.db.exe"), "x") }, "extra thumbs.db.exe\n", ""},
		{"a page replaced by a link to itself elsewhere", func(d string) {
			write(t, at(d, "../copy.html"), "<!doctype html><title>May</title>\n")
			remove(t, at(d, "index.html"))
			link(t, "../copy.html", at(d, "index.html"))
		}, "container index.html\n", ""},
		{"a link added", func(d string) { link(t, "index.html", at(d, "Thumbs.db")) }, "extra Thumbs.db\n", ""},
		{"three changes at once", func(d string) {
			write(t, at(d, "index.html"), "x")
			remove(t, at(d, "systems/shipping.html"))
			write(t, at(d, "x.html"), "x")
		}, "changed index.html\nmissing systems/shipping.html\nextra x.html\n", ""},
		{"the signature removed", func(d string) { remove(t, at(d, publishedSign)) }, "missing seal/prepared.p7s\n", ""},
		{"the list removed", func(d string) { remove(t, at(d, publishedList)) }, "missing seal/manifest-sha256.txt\n", ""},
		{"the instructions removed", func(d string) { remove(t, at(d, publishedHelp)) }, "missing seal/verify.txt\n", ""},
		{"a page changed and the list with it", func(d string) {
			write(t, at(d, "index.html"), "x")
			relist(t, d, publishedList, "index.html")
		}, "changed seal/prepared.p7s\n", ""},
		{"a page and its line of the list removed", func(d string) {
			remove(t, at(d, "index.html"))
			relist(t, d, publishedList, "index.html")
		}, "changed seal/prepared.p7s\n", ""},
		{"the list signed again by somebody else", func(d string) {
			write(t, at(d, "index.html"), "x")
			relist(t, d, publishedList, "index.html")
			p7s, err := sign.Detached(lee, []byte(readFile(t, at(d, publishedList))), signedAt)
			if err != nil {
				t.Fatal(err)
			}
			write(t, at(d, publishedSign), string(p7s))
		}, "container seal/prepared.p7s\nuntrusted packet.pdf\n", ""},
		{"the signature of another month", func(d string) {
			p7s, err := sign.Detached(s.key, []byte("another month"), signedAt)
			if err != nil {
				t.Fatal(err)
			}
			write(t, at(d, publishedSign), string(p7s))
		}, "changed seal/prepared.p7s\n", ""},
		{"turned into a draft", func(d string) {
			help := readFile(t, at(d, publishedHelp))
			i := strings.Index(help, "signed ")
			write(t, at(d, publishedHelp), help[:i]+"signed    "+unsigned+help[i+strings.Index(help[i:], "\n"):])
			relist(t, d, publishedList, publishedHelp)
		}, "extra seal/prepared.p7s\n", ""},
		{"a line of the list twice", func(d string) {
			list := readFile(t, at(d, publishedList))
			write(t, at(d, publishedList), list+list[strings.LastIndex(strings.TrimSpace(list), "\n")+1:])
		}, "container seal/manifest-sha256.txt\nchanged seal/prepared.p7s\n", ""},
		{"the list with Windows line ends", func(d string) {
			write(t, at(d, publishedList), strings.ReplaceAll(readFile(t, at(d, publishedList)), "\n", "\r\n"))
		}, "container seal/manifest-sha256.txt\nchanged seal/prepared.p7s\n", ""},
		{"the packet replaced by an unsigned one", func(d string) { write(t, at(d, "packet.pdf"), string(packetPDF(t, nil, signedAt))) }, "changed packet.pdf\nmissing packet.pdf\n", ""},
		{"an empty folder added", func(d string) {
			if err := os.Mkdir(at(d, "new"), 0o755); err != nil {
				t.Fatal(err)
			}
		}, "", ""},
	} {
		t.Run(c.fact, func(t *testing.T) {
			dir := filepath.Join(copied(t, filepath.Dir(s.folder)), "2026-05")
			c.change(dir)
			v := verify(t, dir, VerifyOptions{At: checked})
			if diff := cmp.Diff(c.want, failures(v)); diff != "" {
				t.Errorf("failures (-want +got):\n%s", diff)
			}
			if v.Verified() != (c.want == "") {
				t.Errorf("verified: %v", v.Verified())
			}
			if diff := cmp.Diff(c.ignore, strings.Join(v.Ignored, " ")); diff != "" {
				t.Errorf("ignored (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAChangedFileShowsBothDigests(t *testing.T) {
	s := sealedMay(t)
	write(t, filepath.Join(s.folder, "index.html"), "x")
	v := verify(t, s.folder, VerifyOptions{})
	f := v.Failures[0]
	if f.Expected != digestOf([]byte("<!doctype html><title>May</title>\n")) || f.Found != digestOf([]byte("x")) {
		t.Errorf("got %+v", f)
	}
	if v.Unchanged != 4 || v.Files != 5 || len(v.Signatures) != 2 {
		t.Errorf("%d of %d unchanged, %d signatures: the list itself is genuine", v.Unchanged, v.Files, len(v.Signatures))
	}
}

func TestChangesToABagAreNamed(t *testing.T) {
	s := sealedMay(t)
	at := func(dir, name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	sealJSON := func(d, old, new string) {
		text := readFile(t, at(d, bagRecord))
		if !strings.Contains(text, old) {
			t.Fatalf("seal.json lacks %s", old)
		}
		write(t, at(d, bagRecord), strings.Replace(text, old, new, 1))
	}
	resign := func(d string, names ...string) {
		for _, n := range names {
			relist(t, d, bagTagList, n)
		}
		p7s, err := sign.Detached(s.key, []byte(readFile(t, at(d, bagTagList))), signedAt)
		if err != nil {
			t.Fatal(err)
		}
		write(t, at(d, bagSign), string(p7s))
	}
	for _, c := range []struct {
		fact   string
		change func(dir string)
		want   string
	}{
		{"a source", func(d string) { write(t, at(d, "data/sources/restore-tests.csv"), "x") }, "changed data/sources/restore-tests.csv\n"},
		{"a source, and the list", func(d string) {
			write(t, at(d, "data/sources/restore-tests.csv"), "x")
			relist(t, d, bagList, "data/sources/restore-tests.csv")
		}, "changed manifest-sha256.txt\ncontainer seal.json\n"},
		{"a source, the list, and the list of lists", func(d string) {
			write(t, at(d, "data/sources/restore-tests.csv"), "x")
			relist(t, d, bagList, "data/sources/restore-tests.csv")
			relist(t, d, bagTagList, bagList)
		}, "changed signatures/prepared.p7s\ncontainer seal.json\n"},
		{"a published page", func(d string) { write(t, at(d, "data/published/index.html"), "x") }, "changed data/published/index.html\n"},
		{"a file that is no part of it", func(d string) { write(t, at(d, "notes.txt"), "x") }, "extra notes.txt\n"},
		{"a signature of no known kind", func(d string) { write(t, at(d, "signatures/stamped.p7s"), "x") }, "extra signatures/stamped.p7s\n"},
		{"a review that is no signature", func(d string) { write(t, at(d, "signatures/reviewed.p7s"), "x") }, "signature signatures/reviewed.p7s\n"},
		{"the published month taken out", func(d string) {
			if err := os.RemoveAll(at(d, "data/published")); err != nil {
				t.Fatal(err)
			}
		}, "missing data/published/data/restore-tests.html\nmissing data/published/index.html\nmissing data/published/packet.pdf\n" +
			"missing data/published/seal/manifest-sha256.txt\nmissing data/published/seal/prepared.p7s\nmissing data/published/seal/verify.txt\n" +
			"missing data/published/systems/shipping.html\nmissing data/published\n"},
		{"the record removed", func(d string) { remove(t, at(d, bagRecord)) }, "missing seal.json\n"},
		{"the signature removed", func(d string) { remove(t, at(d, bagSign)) }, "missing signatures/prepared.p7s\n"},
		{"the list removed", func(d string) { remove(t, at(d, bagList)) }, "missing manifest-sha256.txt\n"},
		{"the list of lists removed", func(d string) { remove(t, at(d, bagTagList)) }, "missing tagmanifest-sha256.txt\n"},
		{"sealed again with rows that do not add up", func(d string) {
			sealJSON(d, `"rows_used": 1`, `"rows_used": 2`)
			resign(d, bagRecord)
		}, "container seal.json\n"},
		{"sealed again with another digest of a source", func(d string) {
			sealJSON(d, digestOf([]byte(restores)), digestOf(nil))
			resign(d, bagRecord)
		}, "container seal.json\n"},
		{"sealed again for another company", func(d string) {
			sealJSON(d, "Halden Supply Co.", "Halden Supply")
			resign(d, bagRecord)
		}, "container seal.json\n"},
		{"sealed again with a key that seal.json does not have", func(d string) {
			sealJSON(d, `"command":`, `"comand": "",`+"\n  "+`"command":`)
			resign(d, bagRecord)
		}, "container seal.json\n"},
		{"sealed again with a new form of bag", func(d string) {
			write(t, at(d, bagDeclaration), strings.Replace(bagText, "1.0", "2.0", 1))
			resign(d, bagDeclaration)
		}, "container bagit.txt\n"},
		{"sealed again without its record", func(d string) {
			remove(t, at(d, bagRecord))
			resign(d, bagRecord)
		}, "container tagmanifest-sha256.txt\n"},
	} {
		t.Run(c.fact, func(t *testing.T) {
			dir := copied(t, s.bag)
			c.change(dir)
			v := verify(t, dir, VerifyOptions{At: checked})
			if diff := cmp.Diff(c.want, failures(v)); diff != "" {
				t.Errorf("failures (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReviewAndAcceptanceAreAddedLater(t *testing.T) {
	s := sealedMay(t)
	lee := someKey(t, 2, "Lee Park")
	list := readFile(t, filepath.Join(s.bag, bagTagList))
	for _, part := range []string{"reviewed", "accepted"} {
		p7s, err := sign.Detached(lee, []byte(list), signedAt.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(s.bag, "signatures", part+".p7s"), string(p7s))
	}
	v := verify(t, s.bag, VerifyOptions{Trust: s.key.Certificate, At: checked})
	if !v.Verified() {
		t.Error(failures(v))
	}
	var by []string
	for _, x := range v.Signatures {
		by = append(by, x.Part+" by "+x.Name())
	}
	want := []string{"prepared by Dana Ortiz", "reviewed by Lee Park", "accepted by Lee Park", "prepared by Dana Ortiz", "packet by Dana Ortiz"}
	if diff := cmp.Diff(want, by); diff != "" {
		t.Errorf("signatures (-want +got):\n%s", diff)
	}
}

func TestADraftIsNeverVerified(t *testing.T) {
	p := may(t, t.TempDir(), nil)
	r := publish(t, p)
	for _, path := range []string{filepath.Join(p.Out, r.Folder), r.Archive, unpacked(t, r.Archive)} {
		v := verify(t, path, VerifyOptions{At: checked})
		if v.Verified() || !v.Draft || len(v.Failures) > 0 || v.Unchanged != v.Files || len(v.Signatures) > 0 {
			t.Errorf("%s: draft %v, %d signatures\n%s", v.Kind, v.Draft, len(v.Signatures), failures(v))
		}
		v = verify(t, path, VerifyOptions{Trust: someKey(t, 1, "Dana Ortiz").Certificate})
		if len(v.Failures) == 0 || v.Failures[0].Reason != sign.Missing {
			t.Errorf("%s, a signer trusted: %s", v.Kind, failures(v))
		}
	}
}

func TestOtherThingsAreNotVerified(t *testing.T) {
	s := sealedMay(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "notes.txt"), "hello")
	write(t, filepath.Join(dir, "empty"), "")
	write(t, filepath.Join(dir, "empty.zip"), "")
	write(t, filepath.Join(dir, "empty.pdf"), "")
	for _, c := range []struct{ path, want string }{
		{dir, "neither a published month nor an archive"},
		{filepath.Dir(s.folder), "the folder 2026-05 in it is"},
		{filepath.Dir(s.bag), "the folder proofpack-halden-supply-co-2026-05 in it is"},
		{filepath.Join(dir, "notes.txt"), "neither an archive (zip) nor a packet (PDF)"},
		{filepath.Join(dir, "empty"), "neither an archive"},
		{filepath.Join(dir, "empty.zip"), "the zip is damaged"},
		{filepath.Join(dir, "empty.pdf"), "not one that this program wrote"},
	} {
		v := verify(t, c.path, VerifyOptions{})
		if v.Verified() || len(v.Failures) != 1 || v.Failures[0].Reason != sign.Container || !strings.Contains(v.Failures[0].Message, c.want) {
			t.Errorf("%s: %v, want %q", c.path, v.Failures, c.want)
		}
	}
	if _, err := Verify(filepath.Join(dir, "nothing"), VerifyOptions{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a path that is not there: %v", err)
	}
}
