import type { Block, DocumentModel, Inline, Layout } from './document-model.ts'

/** Sentences of a document that an office may put in its own words, by name. */
export type FixedTexts = Readonly<Record<string, string>>

/** What a template's body is written from. */
export type Writing<Facts, Fields> = { fields: Fields; texts: FixedTexts; file: Facts; title: string }

/** A document that facts fill in: its fixed words, and what it says of the facts. */
export type DocumentTemplate<Name extends string, Facts, Fields> = {
  name: Name
  title: string
  layout: Layout
  texts: FixedTexts
  redHead?: (writing: Writing<Facts, Fields>) => { issuer: string; number: readonly Inline[] } | null
  body: (writing: Writing<Facts, Fields>) => readonly Block[]
}

/** An office's own title and sentences of a document, checked by `ownWordsOf`. */
export type OwnWords = { title?: string | undefined; texts?: Readonly<Record<string, string | undefined>> | undefined }

/**
 * Fills a document from facts; what they do not know is left as room to write in. The same facts give the same document.
 * @param fields the facts as the template asks them; afterwards they say what was asked, and what had no answer
 */
export function fillDocument<Name extends string, Facts, Fields>(
  template: DocumentTemplate<Name, Facts, Fields>,
  file: Facts,
  fields: Fields,
  own: OwnWords = {},
): DocumentModel {
  const said = Object.entries(own.texts ?? {}).filter((entry): entry is [string, string] => !!entry[1])
  const texts: FixedTexts = { ...template.texts, ...Object.fromEntries(said) }
  const title = own.title ?? template.title
  const writing = { fields, texts, file, title }
  const redHead = template.redHead?.(writing) ?? null
  return { template: template.name, title, layout: template.layout, redHead, blocks: template.body(writing) }
}
