import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { linkDossier } from './dossier.ts'
import { documentsOfCase, linkDocument } from './make-documents.ts'

const caseOf = ({ caseId }: { caseId: string }): string => fromId('DevelopmentCase', caseId, 'caseId')

export const documentResolvers: Resolvers = {
  DevelopmentCase: {
    documents: (kase, _, context) => context.load(documentsOfCase, kase.id),
  },
  CaseDocument: { template: document => document.name },
  Query: {
    documentLink: (_, args, context) =>
      linkDocument(context, { caseId: caseOf(args), template: args.template, step: args.step ?? null }),
    dossierLink: (_, args, context) => {
      const caseId = caseOf(args)
      return context.perform(work => linkDossier(work, caseId))
    },
  },
}
