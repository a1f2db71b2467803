/* The page's files, as they are, followed by nothing: lengths come from the labels. */
    .section .rodata
    .macro asset name, file
    .global bidui_report_\name
    .global bidui_report_\name\()_end
bidui_report_\name:
    .incbin "\file"
bidui_report_\name\()_end:
    .endm
    asset page_html, "page.html"
    asset page_css, "page.css"
    asset page_js, "page.js"
    asset explanation_html, "explanation.html"
    asset explanation_css, "explanation.css"
    asset check_report_html, "check_report.html"
    asset check_report_css, "check_report.css"
    asset quality_html, "quality.html"
    asset quality_css, "quality.css"
    .section .note.GNU-stack,"",%progbits
