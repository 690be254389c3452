import type { Block, Inline, Layout } from '@linghang/documents'
import type { DevelopmentTemplate, FilledBy, StepKey } from '@linghang/rulebook'
import type { Fields } from './case-fields.ts'
import type { CaseFile } from './case-file.ts'

/** Sentences of a document that a county may put in its own words, by name. */
export type FixedTexts = Readonly<Record<string, string>>

/** What a template's body is written from. */
export type Writing = { fields: Fields; texts: FixedTexts; file: CaseFile; title: string }

/** One of the 36 documents of a development (S0-10). */
export type Template = {
  name: DevelopmentTemplate
  title: string
  /** What the paper itself is called, where the document is only a guide to it. */
  paper?: string
  /** The steps to whose papers it belongs; a paper may be filed with these only. */
  steps: readonly [StepKey, ...StepKey[]]
  filledBy: readonly [FilledBy, ...FilledBy[]]
  layout: Layout
  /** Each of its steps has one of its own; else one paper belongs to all of them together. */
  eachStep?: true
  /** Whether the case has had what it is about; of what has not happened nothing is put on paper. */
  isOf?: (file: CaseFile) => boolean
  /** The numbers of S0-10 are given, titles and wording are common practice: a county may replace them. */
  certainty: 'practice'
  texts: FixedTexts
  redHead?: (writing: Writing) => { issuer: string; number: readonly Inline[] }
  body: (writing: Writing) => readonly Block[]
}

/** Declares a template; its title stands above its body. */
export const template = (declared: Omit<Template, 'certainty'>): Template => ({ ...declared, certainty: 'practice' })
