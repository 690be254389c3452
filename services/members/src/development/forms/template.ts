import type { DocumentTemplate } from '@linghang/documents'
import type { DevelopmentTemplate, FilledBy, StepKey } from '@linghang/rulebook'
import type { Fields } from './case-fields.ts'
import type { CaseFile } from './case-file.ts'

/** One of the 36 documents of a development (S0-10). */
export type Template = DocumentTemplate<DevelopmentTemplate, CaseFile, Fields> & {
  /** What the paper itself is called, where the document is only a guide to it. */
  paper?: string
  /** The steps to whose papers it belongs; a paper may be filed with these only. */
  steps: readonly [StepKey, ...StepKey[]]
  filledBy: readonly [FilledBy, ...FilledBy[]]
  /** Each of its steps has one of its own; else one paper belongs to all of them together. */
  eachStep?: true
  /** Whether the case has had what it is about; of what has not happened nothing is put on paper. */
  isOf?: (file: CaseFile) => boolean
  /** The numbers of S0-10 are given, titles and wording are common practice: a county may replace them. */
  certainty: 'practice'
}

/** Declares a template; its title stands above its body. */
export const template = (declared: Omit<Template, 'certainty'>): Template => ({ ...declared, certainty: 'practice' })
