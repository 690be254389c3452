/** The documents by the names that they have inside: the contract's are in `api-names.ts`. */
export type { DevelopmentTemplate } from '@linghang/rulebook'
