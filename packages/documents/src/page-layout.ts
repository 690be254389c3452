/**
 * Measures of GB/T 9704-2012 (党政机关公文格式). Lengths in millimetres, type sizes in points.
 */
export const pageMm = { width: 210, height: 297 } as const
/** 天头 37、订口 28; the type area (版心) is 156 x 225. */
export const marginsMm = { top: 37, bottom: 35, left: 28, right: 26 } as const
export const typeAreaMm = { width: 156, height: 225 } as const
export const linesPerPage = 22
export const charactersPerLine = 28

/** 号 in points: 2号 for titles, 3号 for the body, 4号 for page numbers. */
export const sizePt = { title: 22, body: 16, form: 12, note: 12, pageNumber: 14 } as const

/**
 * Typefaces by the names that Chinese office programs know them by. They are not free and are not embedded: a machine
 * without them shows its own Song, which keeps every measure.
 */
export const fonts = {
  title: '方正小标宋简体',
  body: '仿宋_GB2312',
  heading: '黑体',
  subheading: '楷体_GB2312',
  form: '宋体',
  latin: 'Times New Roman',
} as const

const twipsPerMm = 1440 / 25.4
export const twips = (mm: number): number => Math.round(mm * twipsPerMm)

/** 22 lines over 225 mm. */
export const linePitchTwips = Math.floor(twips(typeAreaMm.height) / linesPerPage)
/**
 * 28 characters over 156 mm leave each a little less than a 3号 character is wide. Said to the characters themselves:
 * office programs disagree on what a grid of characters is, and agree on this.
 */
export const characterSpacingTwips = Math.floor(twips(typeAreaMm.width) / charactersPerLine - sizePt.body * 20)
export const characterTwips = twips(typeAreaMm.width) / charactersPerLine

/** Red of the head and its rule. */
export const headRed = 'FF0000'

/** How many character cells a text takes: what is not full-width takes half of one. */
export const cellsOf = (text: string): number =>
  [...text].reduce(
    (sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x2e80 && character !== '“' ? 0.5 : 1),
    0,
  )
