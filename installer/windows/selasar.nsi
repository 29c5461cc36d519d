; The setup of Selasar for one user of a Windows PC; no administrator is asked for.
; Run by installer/windows/setup.py, which gives VERSION, FOLDER (the frozen program), MARK (a
; folder of pictures) and OUT; STUB is amd64-unicode where NSIS has it.
;
; For the hospital's IT:  selasar-VERSION-setup.exe /S [/DESKTOP] [/LANG=en] [/D=C:\folder]
; It ends with 0 done, 2 broken off, 5 the program stayed open, 6 a newer version stands there.

Target ${STUB}
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define NAME "Selasar"
!define OURS "Software\Selasar"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Selasar"
!define PATIENCE_SECONDS 120
!define ENDED_OPEN 5
!define ENDED_OLDER 6

Name "${NAME} ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Selasar"
InstallDirRegKey HKCU "${OURS}" "InstallDir"
SetCompressor /SOLID lzma
SetCompressorDictSize 64
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "Pemasangan Selasar"
VIAddVersionKey /LANG=0 "LegalCopyright" "MIT"

!define MUI_ICON "${MARK}\selasar.ico"
!define MUI_UNICON "${MARK}\selasar.ico"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${MARK}\header.bmp"
!define MUI_HEADERIMAGE_UNBITMAP "${MARK}\header.bmp"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${MARK}\side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${MARK}\side.bmp"

Var Waited
Var Library
Var Upgrading

; --- pages: two clicks, Install and Finish

!define MUI_DIRECTORYPAGE_TEXT_TOP "$(WHAT_HAPPENS)"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(READY)"
!define MUI_FINISHPAGE_TEXT "$(READY_TEXT)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\selasar.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(RUN_NOW)"
!define MUI_FINISHPAGE_SHOWREADME
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(ON_DESKTOP)"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION OnDesktop
!define MUI_PAGE_CUSTOMFUNCTION_SHOW FinishShown
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(STAYS)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(REMOVED)"
!define MUI_FINISHPAGE_TEXT "$(WHAT_STAYS)"
!insertmacro MUI_UNPAGE_FINISH

!insertmacro MUI_LANGUAGE "Indonesian"
!insertmacro MUI_LANGUAGE "English"
!include texts.nsh

; --- before anything is changed

; The program speaks Indonesian unless it was told otherwise, whatever Windows speaks: so do we.
!macro ChooseLanguage
  StrCpy $LANGUAGE ${LANG_INDONESIAN}
  ReadINIStr $0 "$APPDATA\Selasar\selasar.ini" "General" "language"
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/LANG=" $2
  ${Unless} ${Errors}
    StrCpy $0 $2
  ${EndUnless}
  ${If} $0 == "en"
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${EndIf}
!macroend

Function .onInit
  !insertmacro ChooseLanguage
  ${Unless} ${RunningX64}
  ${OrUnless} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONINFORMATION "$(TOO_OLD_WINDOWS)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndUnless}
  ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
  StrCpy $Upgrading $0
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 = 1
      MessageBox MB_OK|MB_ICONINFORMATION "$(NEWER_IS_THERE)" /SD IDOK
      SetErrorLevel ${ENDED_OLDER}
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; Windows lets nobody write to a program that runs: so it is known, whoever started it.
!macro WaitUntilClosed un
Function ${un}WaitUntilClosed
  StrCpy $Waited 0
  again:
    ClearErrors
    ${If} ${FileExists} "$INSTDIR\selasar.exe"
      FileOpen $0 "$INSTDIR\selasar.exe" a
      FileClose $0
    ${EndIf}
    IfErrors open
    ${If} ${FileExists} "$INSTDIR\selasar-cli.exe"
      FileOpen $0 "$INSTDIR\selasar-cli.exe" a
      FileClose $0
    ${EndIf}
    IfErrors open
    Return
  open:
    IntOp $Waited $Waited + 1
    ${If} ${Silent}
      ${If} $Waited > ${PATIENCE_SECONDS}
        SetErrorLevel ${ENDED_OPEN}
        Quit
      ${EndIf}
      Sleep 1000
      Goto again
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "$(STILL_OPEN)" IDRETRY again
    SetErrorLevel ${ENDED_OPEN}
    Quit
FunctionEnd
!macroend
!insertmacro WaitUntilClosed ""
!insertmacro WaitUntilClosed "un."

; --- what the pages do

Function FinishShown
  ; Whoever removed the entry from the desktop is not asked to have it back with each upgrade.
  ${If} $Upgrading != ""
  ${AndIfNot} ${FileExists} "$DESKTOP\${NAME}.lnk"
    ${NSD_Uncheck} $mui.FinishPage.ShowReadme
  ${EndIf}
FunctionEnd

Function OnDesktop
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\selasar.exe" "" "$INSTDIR\selasar.exe" 0
FunctionEnd

!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Section
  Call WaitUntilClosed
  ; An older version's parts go first; the library and all settings lie elsewhere.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\selasar.exe" "" "$INSTDIR\selasar.exe" 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DESKTOP" $1
  ${Unless} ${Errors}
    Call OnDesktop
  ${EndUnless}

  WriteRegStr HKCU "${OURS}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${CLASSES}\.selasar" "" "Selasar.Library"
  WriteRegStr HKCU "${CLASSES}\Selasar.Library" "" "$(FILE_TYPE)"
  WriteRegStr HKCU "${CLASSES}\Selasar.Library\DefaultIcon" "" "$INSTDIR\selasar.exe,0"
  WriteRegStr HKCU "${CLASSES}\Selasar.Library\shell\open\command" "" \
    '"$INSTDIR\selasar.exe" --library "%1"'
  !insertmacro TellExplorer

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\selasar.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

; --- removal: the program goes, what the librarian made stays

Function un.onInit
  !insertmacro ChooseLanguage
  ; Where the library lies is in this PC's settings; without a word there, in the usual place.
  ReadINIStr $Library "$APPDATA\Selasar\selasar.ini" "General" "library"
  ${WordReplace} "$Library" "\\" "\" "+" $Library
  StrCpy $0 $Library 10
  ${If} $Library == ""
  ${OrIf} $0 == "postgresql"
    StrCpy $Library "$LOCALAPPDATA\Selasar"
  ${EndIf}
FunctionEnd

Section Uninstall
  Call un.WaitUntilClosed
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\selasar.exe"
  Delete "$INSTDIR\selasar-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"   ; only when it is empty: a file of the librarian's is never deleted
  DeleteRegKey HKCU "${CLASSES}\.selasar"
  DeleteRegKey HKCU "${CLASSES}\Selasar.Library"
  DeleteRegKey HKCU "${OURS}"
  DeleteRegKey HKCU "${UNINSTALL}"
  !insertmacro TellExplorer
SectionEnd
