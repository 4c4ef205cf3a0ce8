"""Bytes and typed numbers become pictures; pictures change their size. `SAMPLES` are the pictures to start with."""

from models.images.samples import Credit, PictureFile, Sample
from models.images.shapes import shape_samples
from models.images.toys import checkerboard, colour_patches, grid_3x3, grid_5x7, single_pixel, step_edge, stripes

_SCIKIT_IMAGE = "https://scikit-image.org/docs/stable/api/skimage.data.html#skimage.data."
_MNIST = Credit(
    "MNIST handwritten digits",
    "Yann LeCun, Corinna Cortes, Christopher J.C. Burges",
    "https://yann.lecun.com/exdb/mnist/",
    "CC BY-SA 3.0",
)

SAMPLES: dict[str, Sample] = {
    "cat": Sample(
        "cat",
        "photo",
        PictureFile("cat.webp"),
        Credit("Chelsea the cat", "Stéfan van der Walt", f"{_SCIKIT_IMAGE}chelsea", "CC0"),
    ),
    "coffee": Sample(
        "coffee",
        "photo",
        PictureFile("coffee.webp"),
        Credit("Coffee cup, courtesy of Pikolo Espresso Bar", "Rachel Michetti", f"{_SCIKIT_IMAGE}coffee", "CC0"),
    ),
    "astronaut": Sample(
        "astronaut",
        "photo",
        PictureFile("astronaut.webp"),
        Credit("Astronaut Eileen Collins", "NASA", "https://flic.kr/p/r9qvLn", "Public domain"),
    ),
    "rocket": Sample(
        "rocket",
        "photo",
        PictureFile("rocket.webp"),
        Credit(
            "Launch of DSCOVR on Falcon 9",
            "SpaceX",
            "https://www.flickr.com/photos/spacexphotos/16511594820/",
            "Public domain",
        ),
    ),
    "camera": Sample(
        "camera",
        "photo",
        PictureFile("camera.webp"),
        Credit("Photographer with a camera", "Lav Varshney", f"{_SCIKIT_IMAGE}camera", "CC0"),
    ),
    "coins": Sample(
        "coins",
        "photo",
        PictureFile("coins.webp"),
        Credit(
            "Greek coins from Pompeii",
            "Brooklyn Museum",
            "https://www.brooklynmuseum.org/opencollection/archives/image/51611",
            "No known copyright restrictions",
        ),
    ),
    "brick": Sample(
        "brick",
        "photo",
        PictureFile("brick.webp"),
        Credit("Bricks 25", "CC0Textures", "https://cc0textures.com/view.php?tex=Bricks25", "CC0"),
    ),
    "digit_3": Sample("digit_3", "digit", PictureFile("digit_3.png"), _MNIST),
    "digit_6": Sample("digit_6", "digit", PictureFile("digit_6.png"), _MNIST),
    "digit_7": Sample("digit_7", "digit", PictureFile("digit_7.png"), _MNIST),
    **shape_samples(),
    "step_edge": Sample("step_edge", "toy", step_edge),
    "stripes": Sample("stripes", "toy", stripes),
    "checkerboard": Sample("checkerboard", "toy", checkerboard),
    "single_pixel": Sample("single_pixel", "toy", single_pixel),
    "grid_3x3": Sample("grid_3x3", "toy", grid_3x3),
    "grid_5x7": Sample("grid_5x7", "toy", grid_5x7),
    "colour_patches": Sample("colour_patches", "toy", colour_patches),
}
