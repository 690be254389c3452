import { fileRoute } from '@linghang/papers/file-route'
import { room } from '../../work.ts'
import { openDossier } from './dossier.ts'
import { openDocument } from './make-documents.ts'
import { documentResolvers } from './resolvers.ts'

/** Documents made from a case, and its dossier as one archive. */
export const documents = room({
  resolvers: documentResolvers,
  routes: [
    fileRoute('/files/documents/:id/:name.docx', (context, { id: caseId, name: template, query }) =>
      openDocument(context, { caseId, template }, query),
    ),
    fileRoute('/files/dossiers/:id.zip', (context, { id, query }) => openDossier(context, id, query)),
  ],
})
