import { type DevelopmentTemplate, developmentTemplates } from '@linghang/rulebook'
import type { Template } from '../template.ts'
import { activistTemplates } from './activist.ts'
import { admissionTemplates } from './admission.ts'
import { applicationTemplates } from './application.ts'
import { candidateTemplates } from './candidate.ts'
import { observationTemplates } from './observation.ts'
import { politicalReviewTemplates } from './political-review.ts'
import { probationTemplates } from './probation.ts'

const declared = new Map(
  [
    ...applicationTemplates,
    ...activistTemplates,
    ...observationTemplates,
    ...candidateTemplates,
    ...politicalReviewTemplates,
    ...admissionTemplates,
    ...probationTemplates,
  ].map(template => [template.name, template]),
)

export const templateOf = (name: DevelopmentTemplate): Template => {
  const found = declared.get(name)
  if (!found) throw new Error(`no document is declared for ${name}`)
  return found
}

/** What a paper is called that is wanted or filed, whatever the document for it says above. */
export const paperTitleOf = (name: DevelopmentTemplate): string => {
  const { paper, title } = templateOf(name)
  return paper ?? title
}

/** The 36 documents in the order of the steps. */
export const allTemplates: readonly Template[] = developmentTemplates.map(templateOf)
