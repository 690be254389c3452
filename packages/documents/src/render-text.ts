import { type ParagraphChild, TextRun, UnderlineType } from 'docx'
import type { Inline } from './document-model.ts'
import { characterSpacingTwips, fonts, sizePt } from './page-layout.ts'

type Style = { font: string; size: number; color?: string }

// Spaces at the end of a line hang over the margin, unless they are no-break ones: a quarter of a character each.
const quarterSpace = '\u00a0'

/** Words in a style; a blank is underlined spaces as wide as it says. */
export const runsOf = (content: readonly Inline[], style: Style): ParagraphChild[] =>
  content.map(
    part =>
      new TextRun({
        text: typeof part === 'string' ? part : quarterSpace.repeat(4 * part.blank),
        font: {
          ascii: fonts.latin,
          hAnsi: fonts.latin,
          eastAsia: typeof part === 'string' ? style.font : fonts.latin,
          cs: fonts.latin,
        },
        size: style.size * 2,
        ...(style.color === undefined ? {} : { color: style.color }),
        ...(style.size === sizePt.body ? { characterSpacing: characterSpacingTwips } : {}),
        ...(typeof part === 'string' ? {} : { underline: { type: UnderlineType.SINGLE } }),
      }),
  )

export const paragraphRuns = (content: readonly Inline[]): ParagraphChild[] =>
  runsOf(content, { font: fonts.body, size: sizePt.body })
