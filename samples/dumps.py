"""Which damage the text dump of each version has, and where: read with damage.py, this is the key to the two dumps."""

from __future__ import annotations

from samples.content import Content
from samples.damage import (
    CYRILLIC,
    GREEK,
    SMALL_CYRILLIC,
    Dump,
    add_empty_cells,
    break_banner_over_two_lines,
    break_word,
    carry_tail,
    clip_banner,
    cut_row,
    dump,
    fuse_banner,
    hyphen_at_wrap,
    look_alike,
    lose_columns,
    lose_heading,
    page_break_before,
    print_running_heads,
    run_together,
    spell_header,
    split_ordinal,
    split_ref_column,
    stray_bullets,
)


def dump_v3(content: Content) -> str:
    """The text of version 3: section 2 has lost its heading and its outcomes."""
    out = dump(content)
    _v3_section_1(out)
    _v3_section_2(out)
    _v3_sections_3_and_4(out)
    return out.text()


def _v3_section_1(out: Dump) -> None:
    look_alike(out.row("1.1"), "resources", "TBC")
    look_alike(out.row("1.3"), "lead", "HM")
    break_word(out.row("1.3"), "resources", "£9,50 0")
    cut_row(out, "1.3", measure="listed each quarter", impact="in which services are bought")
    spell_header(out, out.rest("1.3"), resources="RESOU RCES")
    clip_banner(out, "ASSURANCE AND IMPROVEMENT BOARD", "ASSU", "ASSURANCE AND IMPROVEMENT BOARD")
    stray_bullets(out.row("1.6"), "action", 2)
    cut_row(
        out,
        "1.7",
        action="• tells the story",
        measure="Data errors found",
        impact="and not only",
        progress="Two of the nine",
    )
    spell_header(out, out.rest("1.7"), resources="RES OURCES", lead="SRO (Le ad)")
    clip_banner(out, "FINANCIAL CONTROL", "FINA", "CIAL CONTROL")
    add_empty_cells(out, "1.8")
    page_break_before(out, out.row("1.10"))
    split_ref_column(out, "1.10")


def _v3_section_2(out: Dump) -> None:
    lose_heading(out, "2", outcomes=True)
    spell_header(out, out.row("2.1"), measure="MEAS URE", start="Start Date", end="End Date")
    look_alike(out.row("2.1"), "resources", "TBC", GREEK)
    clip_banner(out, "URGENT ACTIONS TO REDUCE WAITING", "URGE", "NT ACTIONS TO REDUCE WAITING")
    look_alike(out.row("2.2"), "lead", "BC")
    cut_row(
        out,
        "2.4",
        header=False,
        action="overdue annual reviews",
        measure="placements below",
        impact="and changed where",
        progress="61 of 212",
    )
    run_together(out, "2.4", "2.5", "2.6", once=("start", "lead"))
    clip_banner(out, "RECRUITMENT AND RETENTION", "RECR", "RUITMENT AND RETENTION")
    split_ordinal(out.row("2.7"), "end", "31st")
    split_ordinal(out.row("2.7"), "progress", "21st")
    hyphen_at_wrap(out.row("2.7"), "progress", "micro-site")
    cut_row(out, "2.7", header=False, action="• Time to learn", impact="good support", progress="Proposal for a")
    stray_bullets(out.rest("2.7"), "action", 1)
    break_word(out.row("2.11"), "resources", "Corpor ate")
    break_banner_over_two_lines(
        out, "EQUIPMENT & TECHNOLOGY", "EOUIF", "MENT & TECHNOLOGY", ref="2.11", column="progress", words="homes."
    )
    look_alike(out.row("2.12"), "resources", "TBC")
    page_break_before(out, out.row("2.13"), header=False)
    carry_tail(out, "2.12", "2.13", impact="the whole record in front of them", action="recording system")
    look_alike(out.row("2.13"), "resources", "TBC", SMALL_CYRILLIC)
    fuse_banner(out, "PRACTICE QUALITY", "PRAC", "TICE QUALITY", ref="2.14")
    hyphen_at_wrap(out.row("2.14"), "action", "strengths-based")
    cut_row(
        out,
        "2.14",
        page=False,
        action="looks like, by visiting",
        end="25",
        measure="Feedback from staff",
        impact="when they talk",
        progress="A full programme",
    )
    cut_row(
        out,
        "2.14",
        part=1,
        header=False,
        measure="Self-assessment by",
        impact="about good practice",
        progress="when both assistant",
    )
    lose_columns(out, "2.14", 5, part=2)


def _v3_sections_3_and_4(out: Dump) -> None:
    clip_banner(out, "CASES NAMED BY ASSESSORS", "CASES", "CASES NAMED BY ASSESSORS")
    carry_tail(out, "3.1", "3.2", impact="has not stayed in a file")
    clip_banner(out, "PATHWAYS FROM HOSPITAL", "PATHV", "WAYS FROM HOSPITAL")
    break_word(out.row("3.3"), "resources", "pressur es")
    cut_row(out, "3.3", measure="day, weekends", impact="with them and", progress="Room found")
    add_empty_cells(out, "3.1")
    spell_header(out, out.rest("3.3"), measure="МЕASURE", ref="RЕF")
    look_alike(out.row("3.4"), "lead", "BC")
    break_word(out.row("3.5"), "resources", "£120 k")
    hyphen_at_wrap(out.row("3.5"), "lead", "RT-B")
    spell_header(out, out.row("3.6"), resources="RESOUR CES")
    hyphen_at_wrap(out.row("3.6"), "lead", "RT-B")
    clip_banner(out, "HOME CARE AND REABLEMENT", "HOM".translate(CYRILLIC), "E CARE AND REABLEMENT")
    look_alike(out.row("3.8"), "resources", "TBC")
    hyphen_at_wrap(out.row("3.9"), "measure", "re-rated")
    spell_header(out, out.row("4.1"), lead="SRO (Lea d)")
    break_word(out.row("4.4"), "start", "04/11/20 24")
    break_word(out.row("4.4"), "end", "29/11/202 4")
    cut_row(out, "4.4", measure="recommend us", impact="Staff feel proud")
    spell_header(out, out.rest("4.4"), lead="SRO (Lea d)", resources="RESOU RCES")
    look_alike(out.row("4.6"), "lead", "TBC")
    look_alike(out.row("4.6"), "end", "TBC")


def dump_v4(content: Content) -> str:
    """The text of version 4: with running heads and page numbers; section 2 has lost its heading alone."""
    out = dump(content)
    _v4_section_1(out)
    _v4_section_2(out)
    _v4_sections_3_and_4(out)
    print_running_heads(out)
    return out.text()


def _v4_section_1(out: Dump) -> None:
    spell_header(out, out.row("1.1"), resources="RESOUR CES")
    look_alike(out.row("1.1"), "resources", "TBC", GREEK)
    look_alike(out.row("1.1"), "lead", "AO")
    cut_row(out, "1.2", progress="Constitution committee")
    look_alike(out.row("1.3"), "lead", "HM", GREEK)
    page_break_before(out, out.row("1.6"))
    split_ref_column(out, "1.4")
    spell_header(out, out.row("1.6"), start="STA RT DATE", lead="SRО (Lead)")
    clip_banner(out, "ASSURANCE AND IMPROVEMENT BOARD", "ASSL", "URANCE AND IMPROVEMENT BOARD")
    stray_bullets(out.row("1.7"), "action", 2)
    cut_row(
        out,
        "1.8",
        action="• says what was",
        measure="Data errors found",
        impact="are made, and not",
        progress="Two of the nine",
    )
    add_empty_cells(out, "1.9")
    clip_banner(out, "FINANCIAL CONTROL", "FINAN", "NCIAL CONTROL")


def _v4_section_2(out: Dump) -> None:
    lose_heading(out, "2", outcomes=False)
    clip_banner(out, "URGENT ACTIONS TO REDUCE WAITING", "URGENT", "URGENT ACTIONS TO REDUCE WAITING")
    break_word(out.row("2.2"), "resources", "£49 7k")
    break_word(out.row("2.2"), "end", "Mar ch")
    cut_row(out, "2.3", header=False, action="• set a ceiling", progress="four workers are")
    page_break_before(out, out.row("2.4"), header=False)
    carry_tail(out, "2.4", "2.5", impact="where it no longer suits them", action="to clear overdue annual reviews")
    clip_banner(out, "RECRUITMENT AND RETENTION", "RECF", "RUITMENT AND RETENTION")
    look_alike(out.row("2.7"), "resources", "TBC")
    split_ordinal(out.row("2.7"), "progress", "1st")
    cut_row(
        out,
        "2.7",
        action="• Flexible hours",
        measure="below 12%",
        impact="trained to give",
        progress="Adverts on buses",
    )
    break_word(out.row("2.11"), "resources", "traini ng")
    look_alike(out.row("2.9"), "start", "Oct 24")
    break_banner_over_two_lines(
        out,
        "EQUIPMENT & TECHNOLOGY",
        "EQUIP",
        "MENT & TECHNOLOGY",
        ref="2.11",
        column="impact",
        words="and independence",
    )
    fuse_banner(out, "PRACTICE QUALITY", "PRACTI", "CE QUALITY", ref="2.13")
    hyphen_at_wrap(out.row("2.13"), "action", "strengths-based")
    cut_row(
        out,
        "2.13",
        page=False,
        action="two well-rated",
        end="25",
        measure="Feedback from staff",
        impact="mean the same",
    )
    cut_row(out, "2.13", part=1, header=False, measure="every six months", impact="about good practice")
    lose_columns(out, "2.13", 5, part=2)


def _v4_sections_3_and_4(out: Dump) -> None:
    clip_banner(out, "CASES NAMED BY ASSESSORS", "CAS", "ES NAMED BY ASSESSORS")
    look_alike(out.row("3.1"), "lead", "BC", GREEK)
    clip_banner(out, "PATHWAYS FROM HOSPITAL", "РАТН", "AYS FROM HOSPITAL")
    cut_row(out, "3.3", header=False, measure="Two social workers", impact="while they are", progress="Room on level")
    run_together(out, "3.3", "3.4", "3.5")
    break_word(out.row("3.6"), "resources", "£12 0k")
    spell_header(out, out.row("3.7"), lead="SRO (Lea d)", progress="PRОGRESS")
    look_alike(out.row("3.9"), "resources", "TBC")
    clip_banner(out, "HOME CARE AND REABLEMENT", "HOMI", "E CARE AND REABLEMENT")
    page_break_before(out, out.row("3.10"))
    hyphen_at_wrap(out.row("3.10"), "progress", "re-rated")
    break_word(out.row("3.11"), "end", "Au g")
    break_word(out.row("4.3"), "start", "04/11/202 4")
    cut_row(out, "4.2", progress="22 residents")
    spell_header(out, out.rest("4.2"), resources="RESOU RCES", ref="REF.")
    look_alike(out.row("4.5"), "start", "TBC")
