import type { ModalView } from '@slack/types';
import { fieldLimits } from '../../domain/form/values.ts';
import type { Policy } from '../../domain/policy.ts';
import { portLines, portPolicies } from '../../domain/tenant-life/port-policies.ts';
import type { PortsEdit } from '../../domain/tenant-life/tenant-edit.ts';
import type { TenantFolder } from '../../domain/tenant-life/tenant-texts.ts';
import { fieldsOf } from '../form-state.ts';
import { textInput } from '../onboard/inputs.ts';
import { plain } from '../slack-text.ts';
import { placeText } from './place-text.ts';
import { portsFormCallback, type TenantAbout } from './tenant-actions.ts';

const prefix = 'ports:';
const mostPlaces = 20;

/** The form of further ports, one field for each place that has network policies. */
export function portsForm(
  about: TenantAbout,
  { layout }: Pick<Policy, 'layout'>,
  folders: readonly TenantFolder[],
): ModalView {
  const fields = folders.slice(0, mostPlaces).map((folder) =>
    textInput({
      field: `${prefix}${folder.cloud}/${folder.folder}`,
      label: placeText(folder, layout.shared),
      hint: 'One a line: port, "from", and a namespace, a network or "anywhere". What people changed by hand is not shown here and stays.',
      example: '8080 from namespace monitoring',
      value: portLines(portPolicies(about.name, folder).flatMap(({ rules }) => rules)),
      limit: fieldLimits.ports,
      multiline: true,
      optional: true,
    }),
  );
  return {
    type: 'modal',
    callback_id: portsFormCallback,
    title: plain('Change ports'),
    submit: plain('Preview'),
    close: plain('Cancel'),
    notify_on_close: false,
    private_metadata: JSON.stringify(about),
    blocks: [
      { type: 'section', text: plain(`Tenant ${about.name}: further TCP ports that may be reached`) },
      ...fields,
    ],
  };
}

/** Reads what was put into the form, with the block that each place stands in. @throws when it is not one. */
export function readPortsForm(viewState: unknown): {
  readonly edit: PortsEdit;
  readonly blocks: readonly string[];
} {
  const fields = [...fieldsOf(viewState)].filter(([block]) => block.startsWith(prefix));
  const places = fields.map(([block, { value }]) => {
    const [cloud = '', ...folder] = block.slice(prefix.length).split('/');
    return { cloud, folder: folder.join('/'), ports: value ?? '' };
  });
  return { edit: { kind: 'ports', places }, blocks: fields.map(([block]) => block) };
}
