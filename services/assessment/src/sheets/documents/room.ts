import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { sheetDocumentResolvers } from './resolvers.ts'
import { sheetDocumentRoutes } from './routes.ts'

/** Sheets as documents. */
export const sheetDocuments = (links: Links) =>
  room({ resolvers: sheetDocumentResolvers(links), routes: sheetDocumentRoutes(links) })
