package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"proofpack/generator/diag"
	"proofpack/generator/overlay"
	"proofpack/generator/packet"
	"proofpack/generator/sign"
)

// plainTheme is the theme that is whole; every other replaces files of it.
const plainTheme = "plain"

// theme is the files of the configured theme: a built-in one, or the user's
// folder, laid over the plain one.
func (o *Options) theme(chosen string) (fs.FS, error) {
	plain, err := fs.Sub(o.Themes, plainTheme)
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	if chosen == "" || chosen == plainTheme {
		return plain, nil
	}
	user, _, err := o.chosenTheme(chosen)
	if err != nil {
		return nil, err
	}
	laid, problems, err := overlay.Lay(plain, user, chosen)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, &Refused{Month: o.Month, Usage: true, Problems: problems}
	}
	return laid, nil
}

// chosenTheme are the files of a theme by themselves, and whether they are the
// user's.
func (o *Options) chosenTheme(chosen string) (files fs.FS, own bool, err error) {
	if info, err := fs.Stat(o.Themes, chosen); err == nil && info.IsDir() {
		files, err = fs.Sub(o.Themes, chosen)
		if err != nil {
			return nil, false, fmt.Errorf("theme: %w", err)
		}
		return files, false, nil
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, false, fmt.Errorf("theme: %w", err)
	}
	folder, err := root.OpenRoot(chosen)
	if err = errors.Join(err, root.Close()); err != nil {
		return nil, false, &Refused{Month: o.Month, Usage: true, Problems: []*diag.Problem{diag.At(diag.Pos{File: o.configName()}, "no-theme",
			fmt.Sprintf("the theme %q is neither built in nor a folder here.", chosen), "use plain or contrast, or name a folder beside the configuration")}}
	}
	return folder.FS(), true, nil
}

// packetFonts reads the fonts of the packet. Without them there is no packet,
// and the sentence says how to build the program right.
func packetFonts(theme fs.FS) (packet.Fonts, error) {
	folder, err := fs.Sub(theme, "assets/fonts")
	if err != nil {
		return packet.Fonts{}, fmt.Errorf("theme: %w", err)
	}
	fonts, err := packet.ReadFonts(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return fonts, errors.New("this program was built without its fonts, so it can make no packet: run make assets and build it again")
	}
	return fonts, err
}

// signatureField is the place of the signature on the cover.
func signatureField(p *packet.Packet) sign.Field {
	return sign.Field{Page: p.Signature.Page, Rect: p.Signature.Rect, Reason: "Evidence prepared and sealed"}
}
