import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from 'docx'
import type { Block, DocumentModel, Inline, Layout } from './document-model.ts'
import { fixZipDates } from './fixed-zip-dates.ts'
import {
  cellsOf,
  characterTwips,
  fonts,
  headRed,
  linePitchTwips,
  marginsMm,
  pageMm,
  sizePt,
  twips,
  typeAreaMm,
} from './page-layout.ts'
import { renderTable } from './render-table.ts'
import { paragraphRuns, runsOf } from './render-text.ts'

const bodyLine = { line: linePitchTwips, lineRule: LineRuleType.EXACT } as const
const titleLine = { line: Math.round(linePitchTwips * 1.3), lineRule: LineRuleType.EXACT } as const
const indentTwips = Math.round(2 * characterTwips)
// The lower edge of the page number: 7 mm below the type area, and its own height further down.
const footerMm = marginsMm.bottom - 7 - 5

const onGrid: ReadonlySet<Layout> = new Set(['LETTER', 'NOTICE', 'RECORD', 'GUIDE'])

const centred = (text: string, font: string, size: number, spacing: object, color?: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing,
    children: runsOf([text], { font, size, ...(color === undefined ? {} : { color }) }),
  })

/** 2号小标宋; a long title stands on two lines of about the same length, not on one and a half. */
function titleOf(text: string): Paragraph[] {
  const perLine = Math.floor((typeAreaMm.width / 25.4) * (72 / sizePt.title))
  const cells = cellsOf(text)
  const lines = Math.ceil(cells / perLine)
  const length = Math.ceil([...text].length / lines)
  const parts = Array.from({ length: lines }, (_, i) => [...text].slice(i * length, (i + 1) * length).join(''))
  return parts.map((part, i) =>
    centred(part, fonts.title, sizePt.title, { ...titleLine, after: i === lines - 1 ? linePitchTwips : 0 }),
  )
}

/** The head fits on one line whatever the issuer's name: the standard fixes its colour and place, not its size. */
function redHeadOf(head: NonNullable<DocumentModel['redHead']>): Paragraph[] {
  const size = Math.max(22, Math.min(48, Math.floor(((typeAreaMm.width / 25.4) * 72) / cellsOf(head.issuer))))
  return [
    centred(head.issuer, fonts.title, size, { line: Math.round(size * 26), lineRule: LineRuleType.EXACT }, headRed),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: linePitchTwips, after: linePitchTwips, ...bodyLine },
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: headRed, space: 11 } },
      children: paragraphRuns(head.number),
    }),
  ]
}

/**
 * Date and signatory: the date ends four cells before the margin and the name stands centred over it; a name that is
 * longer than the date ends two cells before the margin, and the date stands centred under it.
 */
function signatureOf(block: Extract<Block, { kind: 'SIGNATURE' }>, withNext: boolean): Paragraph[] {
  const [who, when] = [block.signatory, block.date].map(widthOf) as [number, number]
  const dateEnd = who - when > 4 ? 2 + (who - when) / 2 : 4
  const nameEnd = who - when > 4 ? 2 : dateEnd + (when - who) / 2
  const line = (content: readonly Inline[], cells: number, before: number, keepNext: boolean) =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      indent: { right: Math.round(cells * characterTwips) },
      spacing: { before, ...bodyLine },
      keepNext,
      children: paragraphRuns(content),
    })
  return [line(block.signatory, nameEnd, linePitchTwips, true), line(block.date, dateEnd, 0, withNext)]
}

const widthOf = (content: readonly Inline[]): number =>
  content.reduce((sum, part) => sum + (typeof part === 'string' ? cellsOf(part) : part.blank), 0)

const ruledLine = (keepNext: boolean): Paragraph =>
  new Paragraph({
    spacing: bodyLine,
    keepNext,
    border: {
      bottom: { style: BorderStyle.SINGLE, size: 4, space: 0, color: '808080' },
      // Without it neighbouring lines with the same border would be drawn as one box.
      between: { style: BorderStyle.SINGLE, size: 4, space: 0, color: '808080' },
    },
    children: [],
  })

/** A signature does not stand alone on a page (GB/T 9704), and neither does a note. */
const staysWith = (next: Block | undefined): boolean => next?.kind === 'SIGNATURE' || next?.kind === 'NOTE'

/** @param keepNext whether its last line stays on the page of what follows */
function blockOf(block: Block, keepNext = false): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'TITLE':
      return titleOf(block.text)
    case 'ADDRESSEE':
      return [new Paragraph({ spacing: bodyLine, keepNext, children: paragraphRuns(block.content) })]
    case 'HEADING':
      return [
        new Paragraph({
          spacing: bodyLine,
          indent: { firstLine: indentTwips },
          keepNext: true,
          children: runsOf([block.text], { font: fonts.heading, size: sizePt.body }),
        }),
      ]
    case 'PARAGRAPH':
      return [
        new Paragraph({
          alignment: AlignmentType.BOTH,
          spacing: bodyLine,
          indent: { firstLine: indentTwips },
          keepNext,
          keepLines: keepNext,
          children: paragraphRuns(block.content),
        }),
      ]
    case 'CENTERED':
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { before: 120, after: 120, ...bodyLine },
          keepNext: true,
          children: runsOf(block.content, { font: fonts.heading, size: sizePt.body }),
        }),
      ]
    case 'LINES':
      return Array.from({ length: block.count }, (_, i) => ruledLine(keepNext && i === block.count - 1))
    case 'TABLE':
      return renderTable(block)
    case 'SIGNATURE':
      return signatureOf(block, keepNext)
    case 'NOTE':
      return [
        new Paragraph({
          spacing: { before: 80, after: 120, line: 400, lineRule: LineRuleType.EXACT },
          keepNext,
          children: runsOf([`注：${block.text}`], { font: fonts.subheading, size: sizePt.note }),
        }),
      ]
    case 'PAGE_BREAK':
      return [
        new Paragraph({ pageBreakBefore: true, spacing: { line: 20, lineRule: LineRuleType.EXACT }, children: [] }),
      ]
  }
}

/** — 1 —, on odd pages one cell from the right margin, on even ones one cell from the left. */
const pageNumber = (side: 'ODD' | 'EVEN'): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: side === 'ODD' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: { [side === 'ODD' ? 'right' : 'left']: Math.round(characterTwips) },
        children: [
          new TextRun({
            children: ['— ', PageNumber.CURRENT, ' —'],
            font: { ascii: fonts.form, hAnsi: fonts.form, eastAsia: fonts.form, cs: fonts.form },
            size: sizePt.pageNumber * 2,
          }),
        ],
      }),
    ],
  })

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, character => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '')

/** The library would write the moment of making into the properties; ours say the title alone. */
const properties = (title: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title></cp:coreProperties>`

/**
 * A document as a .docx in the layout of GB/T 9704: A4, 28 characters by 22 lines of 3号仿宋, title in 2号小标宋; pages are
 * numbered unless it is a ballot. The same document gives the same bytes.
 */
export async function renderDocx(model: DocumentModel): Promise<Uint8Array> {
  const document = new Document({
    title: model.title,
    creator: '',
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: {
            size: sizePt.body * 2,
            font: { ascii: fonts.latin, hAnsi: fonts.latin, eastAsia: fonts.body, cs: fonts.latin },
            language: { value: 'en-US', eastAsia: 'zh-CN' },
          },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(pageMm.width), height: twips(pageMm.height) },
            margin: {
              top: twips(marginsMm.top),
              bottom: twips(marginsMm.bottom),
              left: twips(marginsMm.left),
              right: twips(marginsMm.right),
              header: twips(15),
              footer: twips(footerMm),
              gutter: 0,
            },
          },
          // Small type in the cells of a form would be pulled onto the lines of the body.
          grid: {
            type: onGrid.has(model.layout) ? DocumentGridType.LINES : DocumentGridType.DEFAULT,
            linePitch: linePitchTwips,
          },
        },
        // A ballot bears neither number nor mark.
        ...(model.layout === 'BALLOT' ? {} : { footers: { default: pageNumber('ODD'), even: pageNumber('EVEN') } }),
        children: [
          ...(model.redHead ? redHeadOf(model.redHead) : []),
          ...model.blocks.flatMap((block, i) => blockOf(block, staysWith(model.blocks[i + 1]))),
        ],
      },
    ],
  })
  const made = await Packer.toBuffer(document, undefined, [
    { path: 'docProps/core.xml', data: properties(model.title) },
  ])
  return fixZipDates(made)
}
