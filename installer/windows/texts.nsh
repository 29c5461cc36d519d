; What the setup says; the words for one thing are those of the program.

LangString WHAT_HAPPENS ${LANG_INDONESIAN} "Selasar dipasang untuk Anda saja; tidak perlu izin administrator. Perpustakaan dan pengaturan yang sudah ada di PC ini tidak diubah."
LangString WHAT_HAPPENS ${LANG_ENGLISH} "Selasar is installed for you alone; no administrator is needed. A library and settings that are on this PC already are not changed."

LangString READY ${LANG_INDONESIAN} "Selasar siap dipakai"
LangString READY ${LANG_ENGLISH} "Selasar is ready"
LangString READY_TEXT ${LANG_INDONESIAN} "Selasar ${VERSION} ada di menu Start."
LangString READY_TEXT ${LANG_ENGLISH} "Selasar ${VERSION} is in the Start menu."
LangString RUN_NOW ${LANG_INDONESIAN} "Buka Selasar sekarang"
LangString RUN_NOW ${LANG_ENGLISH} "Open Selasar now"
LangString ON_DESKTOP ${LANG_INDONESIAN} "Taruh ikon di desktop"
LangString ON_DESKTOP ${LANG_ENGLISH} "Put an icon on the desktop"

LangString STILL_OPEN ${LANG_INDONESIAN} "Selasar masih terbuka di PC ini. Tutuplah jendelanya dulu; semua yang sudah dicatat tetap tersimpan. Sesudah itu lanjutkan dengan tombol pertama."
LangString STILL_OPEN ${LANG_ENGLISH} "Selasar is still open on this PC. Please close its window first; all that was recorded is saved. Then go on with the first button."
LangString NEWER_IS_THERE ${LANG_INDONESIAN} "Di PC ini sudah ada Selasar $0, lebih baru daripada ${VERSION}. Versi lama tidak dapat membuka perpustakaan versi baru, jadi tidak ada yang diubah."
LangString NEWER_IS_THERE ${LANG_ENGLISH} "This PC has Selasar $0 already, newer than ${VERSION}. An older version cannot open a newer one's library, so nothing was changed."
LangString TOO_OLD_WINDOWS ${LANG_INDONESIAN} "Selasar memerlukan Windows 10 atau 11, 64-bit. Tidak ada yang diubah."
LangString TOO_OLD_WINDOWS ${LANG_ENGLISH} "Selasar needs Windows 10 or 11, 64-bit. Nothing was changed."

LangString WHAT_STAYS ${LANG_INDONESIAN} "Hanya programnya yang dihapus. Perpustakaan, cadangan, dan pengaturan tetap ada:$\r$\n$\r$\n$Library$\r$\n$APPDATA\Selasar (pengaturan)$\r$\n$DOCUMENTS\Selasar\Backups (cadangan)"
LangString WHAT_STAYS ${LANG_ENGLISH} "Only the program is removed. The library, its backups and the settings stay:$\r$\n$\r$\n$Library$\r$\n$APPDATA\Selasar (settings)$\r$\n$DOCUMENTS\Selasar\Backups (backups)"
; The page that asks has room for three lines.
LangString STAYS ${LANG_INDONESIAN} "Hanya programnya yang dihapus. Tetap ada, bersama pengaturannya:$\r$\n$Library$\r$\n$DOCUMENTS\Selasar\Backups (cadangan)"
LangString STAYS ${LANG_ENGLISH} "Only the program is removed. These stay, and the settings too:$\r$\n$Library$\r$\n$DOCUMENTS\Selasar\Backups (backups)"
LangString REMOVED ${LANG_INDONESIAN} "Selasar sudah dihapus"
LangString REMOVED ${LANG_ENGLISH} "Selasar has been removed"
LangString FILE_TYPE ${LANG_INDONESIAN} "Perpustakaan Selasar"
LangString FILE_TYPE ${LANG_ENGLISH} "Selasar library"
