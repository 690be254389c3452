import { room } from '../../work.ts'
import { templateNames } from './api-names.ts'

/** The 36 documents of a development: what each says of a case, and how it is laid out (GB/T 9704). */
export const forms = room({ resolvers: { DevelopmentTemplate: templateNames } })
