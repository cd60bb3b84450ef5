import Type from 'typebox';
import { RepositoryPath, titled } from './quantities.ts';

const closed = { additionalProperties: false };

/** An OCI repository without tag or digest: registry host, port, and path (OCI distribution specification 1.1). */
const OciRepository = Type.String({
  pattern: '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)+$',
  maxLength: 255,
  description: 'a repository of an OCI registry such as ghcr.io/octo-org/churn, without tag or digest',
});

const HubRepository = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}$',
  description: 'a model repository of the Hugging Face Hub such as octo-org/churn',
});

export const Release = Type.Object(
  {
    assets: Type.Optional(
      titled(
        Type.Array(RepositoryPath, { description: 'paths or globs' }),
        'the files that are the model; without it `train.outputs.model`',
      ),
    ),
    card: Type.Optional(titled(RepositoryPath, 'the model card')),
    profile: Type.Optional(
      titled(
        Type.String({ description: 'the name of a data set' }),
        'the data set whose profile later data is compared with; without it `train`, where there is one',
      ),
    ),
    target: Type.Optional(
      titled(
        Type.Enum(['github', 'oci'], { description: 'github or oci; without it github' }),
        'where the files of the model lie: as assets of the release, or in an OCI registry',
      ),
    ),
    oci: Type.Optional(
      Type.Object({ repository: OciRepository }, { ...closed, description: 'the registry, with `target: oci`' }),
    ),
    'hugging-face': Type.Optional(
      Type.Object(
        { repository: HubRepository },
        { ...closed, description: 'card and files are copied there as well, with a token of yours' },
      ),
    ),
    sign: Type.Optional(
      titled(
        Type.Boolean({ description: 'true or false; without it false' }),
        'whether a signature of the model’s files (OpenSSF model signing) is written beside them',
      ),
    ),
  },
  { ...closed, description: 'what a release of the model carries, and where its files lie' },
);
