export { OsmError, type OsmExtract, type OsmNode, type OsmWay, readOsmXml } from './read_xml.ts';
