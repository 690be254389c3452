import { fromId, optionalId, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { paperTitleOf } from '../forms/templates/all-templates.ts'
import { createMaterial } from './create-material.ts'
import { linkMaterial, materialById, materialPath, materialsOfCase } from './read-materials.ts'

export const materialResolvers: Resolvers = {
  DevelopmentCase: {
    materials: (kase, _, context) => context.load(materialsOfCase, kase.id),
  },
  Material: {
    id: material => toId('Material', material.id),
    ref: material => toId('Material', material.id),
    title: material => paperTitleOf(material.template),
    replacesId: material => material.replaces && toId('Material', material.replaces),
  },
  Query: {
    material: (_, args, context) => context.load(materialById, fromId('Material', args.id)),
    materialLink: (_, args, context) => {
      const id = fromId('Material', args.id)
      return context.perform(work => linkMaterial(work, id))
    },
  },
  Mutation: {
    createMaterial: async (_, { input }, context) => {
      const { idempotencyKey, replacesId, filedOn, ...rest } = input
      const wanted = {
        ...rest,
        caseId: fromId('DevelopmentCase', rest.caseId, 'caseId'),
        filedOn: filedOn ?? null,
        replaces: optionalId('Material', replacesId, 'replacesId'),
      }
      const id = await context.run(createMaterial, wanted, idempotencyKey)
      return { material: await context.load(materialById, id), putTo: materialPath(id) }
    },
  },
}
