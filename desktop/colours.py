"""Every colour by its name, light and dark: for windows (`theme`), paper and pages alike."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Colours:
    """The named colours; text on its own ground is never under 4.5:1."""

    ink: str
    muted: str
    page: str
    surface: str
    field: str
    line: str
    edge: str
    header: str
    hover: str
    brand: str
    brand_hover: str
    on_brand: str
    on_brand_muted: str
    brand_ink: str
    brand_soft: str
    selection: str
    ring: str
    sidebar: str
    sidebar_on: str
    sidebar_ink: str
    sidebar_muted: str
    good: str
    good_ink: str
    warn: str
    warn_ink: str
    bad: str
    bad_ink: str
    info: str
    info_ink: str
    plain: str
    plain_ink: str
    good_dot: str
    warn_dot: str
    bad_dot: str
    notice: str
    notice_ink: str
    notice_action: str
    notice_good: str
    notice_warn: str
    notice_bad: str


# The muted grey of the drawings gives 4.2:1 on the page; one step darker reads well.
LIGHT = Colours(
    ink="#17212B", muted="#5B6C7D", page="#F4F6F8", surface="#FFFFFF", field="#FFFFFF",
    line="#E1E6EB", edge="#CBD3DB", header="#F8FAFB", hover="#EEF2F5",
    brand="#0F766E", brand_hover="#0C635C", on_brand="#FFFFFF", on_brand_muted="#DDF1EE",
    brand_ink="#0F766E", brand_soft="#8CC7BF", selection="#E4F4F0", ring="#CFE8E4",
    sidebar="#0F3D3A", sidebar_on="#1D5A55", sidebar_ink="#E3EFED", sidebar_muted="#B8D4D0",
    good="#DDF3EC", good_ink="#0B6B53", warn="#FDF0D5", warn_ink="#8A5A00",
    bad="#FBE1DF", bad_ink="#A3231B", info="#E0ECFB", info_ink="#1D4F91",
    plain="#E9EDF1", plain_ink="#4C5C6C",
    good_dot="#17A37F", warn_dot="#D98E04", bad_dot="#C9302C",
    notice="#17212B", notice_ink="#F5F8FA", notice_action="#7FE3CF",
    notice_good="#7FE3CF", notice_warn="#F7C56B", notice_bad="#FFA39B",
)  # fmt: skip
DARK = Colours(
    ink="#E8ECF0", muted="#9BA9B7", page="#11161C", surface="#1A2129", field="#161C23",
    line="#2A333D", edge="#3A4551", header="#1D252E", hover="#242D37",
    brand="#0F766E", brand_hover="#0D6A63", on_brand="#FFFFFF", on_brand_muted="#DDF1EE",
    brand_ink="#3CC4B4", brand_soft="#7E929E", selection="#143D38", ring="#14413C",
    sidebar="#0B2B29", sidebar_on="#1B524D", sidebar_ink="#E3EFED", sidebar_muted="#A9C8C4",
    good="#143B31", good_ink="#7FE0BE", warn="#46330B", warn_ink="#F5C869",
    bad="#4D1D1B", bad_ink="#FFA9A2", info="#17335A", info_ink="#A3C8FA",
    plain="#2B3540", plain_ink="#B7C3CF",
    good_dot="#22B78F", warn_dot="#E0A030", bad_dot="#E4574F",
    notice="#E8ECF0", notice_ink="#17212B", notice_action="#0B6B62",
    notice_good="#0B6B53", notice_warn="#7A5000", notice_bad="#A3231B",
)  # fmt: skip

# Black on white with edges that are lines: 7:1 and more, for whoever needs it.
CONTRAST = replace(
    LIGHT,
    ink="#000000", muted="#2B2F33", page="#FFFFFF", surface="#FFFFFF", field="#FFFFFF",
    line="#5A6066", edge="#000000", header="#FFFFFF", hover="#E6E6E6",
    brand="#004D47", brand_hover="#00332F", on_brand_muted="#FFFFFF", brand_ink="#004D47",
    brand_soft="#7A8A88",
    selection="#BFEBE4", ring="#004D47",
    sidebar="#00201E", sidebar_on="#005A53", sidebar_ink="#FFFFFF", sidebar_muted="#FFFFFF",
    good="#FFFFFF", good_ink="#004D38", warn="#FFFFFF", warn_ink="#5C3A00",
    bad="#FFFFFF", bad_ink="#8B0000", info="#FFFFFF", info_ink="#0B2E66",
    plain="#FFFFFF", plain_ink="#000000",
    good_dot="#004D38", warn_dot="#5C3A00", bad_dot="#8B0000",
    notice="#000000", notice_ink="#FFFFFF", notice_action="#9FF5E4",
    notice_good="#9FF5E4", notice_warn="#FFD98A", notice_bad="#FFC2BC",
)  # fmt: skip
