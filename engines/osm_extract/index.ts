export { type Layer, layerOf, mapLayers } from './map_layers.ts';
export { OsmError, type OsmExtract, type OsmNode, type OsmWay, readOsmXml } from './read_xml.ts';
