"""Augmentations to start from."""

from models.specs.augmentation import AugmentationSpec

AUGMENTATIONS: dict[str, AugmentationSpec] = {
    "photo": AugmentationSpec(
        rotation=10,
        shift_rows=0.08,
        shift_cols=0.08,
        zoom_low=0.9,
        zoom_high=1.2,
        flip_horizontal=True,
        brightness=0.15,
        contrast=0.2,
    ),
    "digit": AugmentationSpec(
        rotation=10, shift_rows=0.08, shift_cols=0.08, zoom_low=0.9, zoom_high=1.1, shear=0.1, fill_mode="constant"
    ),
    "hard": AugmentationSpec(
        rotation=30,
        zoom_low=0.8,
        zoom_high=1.5,
        shear=0.2,
        flip_horizontal=True,
        brightness=0.3,
        contrast=0.5,
        saturation=0.5,
        hue=15,
        noise=0.05,
        erasing=0.5,
    ),
}
"""Name -> settings that suit a kind of picture."""
