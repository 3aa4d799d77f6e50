package packet

import (
	"errors"

	"github.com/johnfercher/maroto/v2/pkg/consts/extension"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"
)

// errUnused is what maroto's components for codes and pictures lead to: the
// packet has neither, since a picture is not searched and not read aloud.
var errUnused = errors.New("the packet draws no pictures and no codes")

func (p *provider) refuse() { p.err = errors.Join(p.err, errUnused) }

// AddMatrixCode is not part of a packet.
func (p *provider) AddMatrixCode(string, *entity.Cell, *props.Rect) { p.refuse() }

// AddQrCode is not part of a packet.
func (p *provider) AddQrCode(string, *entity.Cell, *props.Rect) { p.refuse() }

// AddBarCode is not part of a packet.
func (p *provider) AddBarCode(string, *entity.Cell, *props.Barcode) { p.refuse() }

// AddImageFromFile is not part of a packet.
func (p *provider) AddImageFromFile(string, *entity.Cell, *props.Rect) { p.refuse() }

// AddImageFromBytes is not part of a packet.
func (p *provider) AddImageFromBytes([]byte, *entity.Cell, *props.Rect, extension.Type) { p.refuse() }

// AddBackgroundImageFromBytes is not part of a packet.
func (p *provider) AddBackgroundImageFromBytes([]byte, *entity.Cell, *props.Rect, extension.Type) {
	p.refuse()
}

// GetDimensionsByMatrixCode is not part of a packet.
func (p *provider) GetDimensionsByMatrixCode(string) (*entity.Dimensions, error) {
	return nil, errUnused
}

// GetDimensionsByImageByte is not part of a packet.
func (p *provider) GetDimensionsByImageByte([]byte, extension.Type) (*entity.Dimensions, error) {
	return nil, errUnused
}

// GetDimensionsByImage is not part of a packet.
func (p *provider) GetDimensionsByImage(string) (*entity.Dimensions, error) { return nil, errUnused }

// GetDimensionsByQrCode is not part of a packet.
func (p *provider) GetDimensionsByQrCode(string) (*entity.Dimensions, error) { return nil, errUnused }

// GenerateBytes is not used: the packet is written by finish.
func (p *provider) GenerateBytes() ([]byte, error) { return nil, errUnused }

// SetProtection does nothing: a packet is never encrypted.
func (p *provider) SetProtection(*entity.Protection) {}

// SetCompression does nothing: a packet is always compressed.
func (p *provider) SetCompression(bool) {}

// SetMetadata does nothing: finish writes it.
func (p *provider) SetMetadata(*entity.Metadata) {}
