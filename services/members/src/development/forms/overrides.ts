import { type OwnWords, ownWordsOf } from '@linghang/documents'
import type { DevelopmentTemplate } from '@linghang/rulebook'
import { allTemplates } from './templates/all-templates.ts'

/** What a county says in its own words: titles, and the fixed sentences by the names that each template gives them. */
export type TemplateOverrides = Partial<Record<DevelopmentTemplate, OwnWords>>

/**
 * Checks what a county wants to say in its own words.
 * @throws ZodError naming each template, text or length that does not fit
 */
export const parseOverrides: (input: unknown) => TemplateOverrides = ownWordsOf<DevelopmentTemplate>(allTemplates)
