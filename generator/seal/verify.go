package seal

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"proofpack/generator/sign"
)

// maxPacket bounds a PDF that is verified, in bytes; the largest packet of
// the samples has 3 MB.
const maxPacket = 1 << 30

// A Kind is the form in which a packet was given to be verified.
type Kind string

// The forms there are.
const (
	KindFolder  Kind = "folder"  // a published month
	KindBag     Kind = "bag"     // an archive, unpacked
	KindArchive Kind = "archive" // an archive as it was published, a zip
	KindPacket  Kind = "packet"  // the board packet alone, a PDF
	KindUnknown Kind = "unknown" // none of these
)

// VerifyOptions are what Verify compares with.
type VerifyOptions struct {
	Trust *x509.Certificate // must have signed, or issued the signer; nil: any signer
	At    time.Time         // time of checking; zero leaves out the questions that depend on it
	Keep  []string          // files of an archive whose contents are wanted: data/records/records.json
	Alone bool              // the archive that it follows is not looked for
}

// A Signed is one signature that was checked and by whom it is.
type Signed struct {
	Part string // prepared, reviewed, accepted; packet for the one in the PDF
	File string // that holds it
	sign.Signature
}

// A Verification is what Verify found.
type Verification struct {
	Kind       Kind
	Packet     string // name of the published month; "" when it is not known
	Company    string
	Tool       string            // program that made it, with its version
	AsOf       string            // RFC 3339
	Draft      bool              // nobody signed it; what is unchanged is so since it was written
	Files      int               // files that are listed
	Unchanged  int               // of them, those that are as listed
	Ignored    []string          // files of file managers, which are no part of it
	Signatures []Signed          // those that hold, whoever made them
	Failures   []*sign.Failure   // all that is wrong, in the order of the checks
	Record     *Record           // seal.json of an archive; nil for other kinds or when it is damaged
	Seal       string            // SHA-256 of the tag manifest of an archive; "" for other kinds
	Chain      *Link             // the month that an archive follows; nil for other kinds or when it is damaged
	Kept       map[string][]byte // contents of Keep that are there and unchanged
}

// Verified says whether everything is as it was signed. A draft never is:
// nobody signed it.
func (v *Verification) Verified() bool { return len(v.Failures) == 0 && !v.Draft }

// An inspection is a verification under way.
type inspection struct {
	Verification
	VerifyOptions
}

// Verify checks a published folder, an archive (zip or unpacked) or a packet's
// PDF. What it finds wrong is in the result; the error is for what could not
// be opened at all.
func Verify(path string, o VerifyOptions) (*Verification, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	v := &inspection{VerifyOptions: o}
	switch {
	case info.IsDir():
		err = v.folder(path)
	case info.Mode().IsRegular():
		err = v.file(path, info.Size())
	default:
		v.unknown("it is neither a file nor a folder")
	}
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	return &v.Verification, nil
}

func (v *inspection) unknown(what string) {
	v.Kind = KindUnknown
	v.fail(sign.Container, "", "%s", what)
}

// fail notes a failure, once.
func (v *inspection) fail(r sign.Reason, path, format string, a ...any) {
	v.add(&sign.Failure{Reason: r, Path: path, Message: fmt.Sprintf(format, a...)})
}

func (v *inspection) add(f *sign.Failure) {
	if !slices.ContainsFunc(v.Failures, func(g *sign.Failure) bool { return *g == *f }) {
		v.Failures = append(v.Failures, f)
	}
}

func (v *inspection) folder(path string) (err error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	t, err := folderTree(root)
	if err != nil {
		v.unknown(err.Error())
		return nil
	}
	has := func(names ...string) bool { return slices.ContainsFunc(names, t.has) }
	switch {
	case has(bagDeclaration, bagTagList, bagRecord):
		v.Kind = KindBag
		v.bag(t, "")
		v.follow(path)
	case has(publishedList, publishedSign, publishedHelp):
		v.Kind = KindFolder
		v.published(t, "")
	default:
		v.unknown("it is neither a published month nor an archive" + hint(t))
	}
	return nil
}

// follow looks at the archive that this one follows, unless told not to.
func (v *inspection) follow(path string) {
	if !v.Alone {
		v.chain(path)
	}
}

// hint names a folder inside that would do.
func hint(t *tree) string {
	for _, name := range t.names() {
		dir, rest, _ := strings.Cut(name, "/")
		if rest == bagDeclaration || rest == publishedList {
			return fmt.Sprintf("; the folder %s in it is", dir)
		}
	}
	return ""
}

func (v *inspection) file(path string, size int64) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	first := make([]byte, 4)
	if _, err := f.ReadAt(first, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	ext := strings.ToLower(filepath.Ext(path))
	switch {
	case string(first) == "PK\x03\x04" || ext == ".zip":
		v.Kind = KindArchive
		t, top, err := zipTree(f, size)
		if err != nil {
			v.fail(sign.Container, "", "the zip is damaged: %v", err)
			return nil
		}
		v.bag(t, top)
		v.follow(path)
	case string(first) == "%PDF" || ext == ".pdf":
		v.Kind = KindPacket
		return v.packet(f, filepath.Base(path), size)
	default:
		v.unknown("it is neither an archive (zip) nor a packet (PDF)")
	}
	return nil
}

// packet checks a PDF alone.
func (v *inspection) packet(r io.Reader, name string, size int64) error {
	if size > maxPacket {
		v.fail(sign.Container, name, "the PDF has %d bytes, %d are the most", size, int64(maxPacket))
		return nil
	}
	pdf, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.Files = 1
	sig, err := sign.VerifyPDF(pdf, v.Trust, v.At)
	v.signature("packet", name, sig, err)
	if err == nil {
		v.Unchanged = 1
	}
	return nil
}

// signature notes what came of a signature. It is listed when it holds, even
// if its signer or its time is not accepted.
func (v *inspection) signature(part, file string, sig sign.Signature, err error) {
	if sig.Signer != nil {
		v.Signatures = append(v.Signatures, Signed{part, file, sig})
	}
	if err == nil {
		return
	}
	var f *sign.Failure
	if errors.As(err, &f) {
		f.Path = file
		v.add(f)
		return
	}
	v.fail(sign.Invalid, file, "%v", err)
}
