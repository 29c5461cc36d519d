"""Labels and months to print in tests."""

from __future__ import annotations

from desktop.pages.labels import LabelText

TITLE = "Buku ajar keperawatan anak dan keluarga di rumah sakit umum daerah"
CLASSES = ("618.920 0231", "616.12", "613.2", "616.994 490 083", "WY 159", "899.221")


def labels(count: int, first: int = 4011, form: str = "RS{:08d}") -> list[LabelText]:
    """`count` labels with different codes; now and then a prefix, a volume, a long class."""
    return [
        LabelText(
            library="PERPUSTAKAAN RSUD JENDERAL AHMAD YANI",
            prefix=("R", "", "", "KTI", "", "")[n % 6],
            classification=CLASSES[n % len(CLASSES)],
            letters=("WON", "SET", "BRU")[n % 3],
            title_letter="bkt"[n % 3],
            volume="1" if n % 3 == 0 else "",
            copy=str(n % 4 + 1),
            barcode=form.format(first + n),
            title=f"{TITLE} {n}",
        )
        for n in range(count)
    ]
