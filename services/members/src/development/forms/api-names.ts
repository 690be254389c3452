import { type DevelopmentTemplate, developmentTemplates } from '@linghang/rulebook'

/** `application-letter` is `APPLICATION_LETTER` in the API, whose names know no hyphens. */
export const toApiTemplate = (name: DevelopmentTemplate): string => name.toUpperCase().replaceAll('-', '_')
export const templateNames = Object.fromEntries(developmentTemplates.map(name => [toApiTemplate(name), name]))
