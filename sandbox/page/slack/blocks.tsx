import type { JsonObject } from '../../slack/client-types.ts';
import { Element } from './element.tsx';
import type { Host } from './host.ts';
import { InputBlock } from './input-block.tsx';
import { list, object, text } from './json.ts';
import { Shown } from './mrkdwn.tsx';

/** Block Kit: the renderer shows what is to be read, we show what is to be used. */
export function Blocks({ blocks, host }: { blocks: readonly JsonObject[]; host: Host }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <div
          key={text(block['block_id']) || index}
          data-block-id={text(block['block_id'])}
          data-type={text(block['type'])}
        >
          <Block block={block} host={host} />
        </div>
      ))}
    </div>
  );
}

function Block({ block, host }: { block: JsonObject; host: Host }) {
  const blockId = text(block['block_id']);
  switch (block['type']) {
    case 'input':
      return <InputBlock block={block} host={host} />;
    case 'actions':
    case 'context_actions':
      return (
        <div className="actions">
          {list(block['elements']).map((element, index) => (
            <Element
              key={text(element['action_id']) || index}
              element={element}
              blockId={blockId}
              host={host}
            />
          ))}
        </div>
      );
    case 'section':
      return <Section block={block} host={host} />;
    case 'card':
      return (
        <>
          <Shown blocks={[{ ...block, actions: undefined }]} />
          <Actions elements={list(block['actions'])} blockId={blockId} host={host} />
        </>
      );
    case 'container':
      return <Container block={block} host={host} />;
    case 'data_table':
      return <p className="muted">(A data table, which this page cannot show.)</p>;
    default:
      return <Shown blocks={[block]} />;
  }
}

function Section({ block, host }: { block: JsonObject; host: Host }) {
  const accessory = object(block['accessory']);
  const used = accessory && accessory['type'] !== 'image';
  if (!used) return <Shown blocks={[block]} />;
  const { accessory: _shownByUs, ...rest } = block;
  return (
    <div className="section-with-accessory">
      <Shown blocks={[rest]} />
      <Element element={accessory} blockId={text(block['block_id'])} host={host} />
    </div>
  );
}

function Actions({
  elements,
  blockId,
  host,
}: {
  elements: readonly JsonObject[];
  blockId: string;
  host: Host;
}) {
  if (elements.length === 0) return null;
  return (
    <div className="actions">
      {elements.map((element, index) => (
        <Element key={text(element['action_id']) || index} element={element} blockId={blockId} host={host} />
      ))}
    </div>
  );
}

function Container({ block, host }: { block: JsonObject; host: Host }) {
  const title = text(object(block['title'])?.['text']);
  const children = <Blocks blocks={list(block['child_blocks'])} host={host} />;
  if (block['is_collapsible'] === true) {
    return (
      <details className="container" open={block['default_collapsed'] !== true}>
        <summary>{title}</summary>
        {children}
      </details>
    );
  }
  return (
    <div className="container">
      {title && <p className="container-title">{title}</p>}
      {children}
    </div>
  );
}
