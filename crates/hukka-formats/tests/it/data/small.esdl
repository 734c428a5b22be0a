<?xml version='1.0' encoding='UTF-8'?>
<esdl:EnergySystem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:esdl="http://www.tno.nl/esdl" id="es" name="small" version="1">
  <energySystemInformation xsi:type="esdl:EnergySystemInformation" id="i">
    <carriers xsi:type="esdl:Carriers" id="cs">
      <carrier xsi:type="esdl:HeatCommodity" id="warm" name="warm" supplyTemperature="75.0"/>
      <carrier xsi:type="esdl:HeatCommodity" id="cool" name="cool" returnTemperature="45.0"/>
    </carriers>
    <quantityAndUnits xsi:type="esdl:QuantityAndUnits" id="us">
      <quantityAndUnit xsi:type="esdl:QuantityAndUnitType" id="mw" physicalQuantity="POWER" multiplier="MEGA" unit="WATT"/>
    </quantityAndUnits>
  </energySystemInformation>
  <instance xsi:type="esdl:Instance" id="in" name="in">
    <area xsi:type="esdl:Area" id="ar" name="ar">
      <asset xsi:type="esdl:GenericProducer" id="plant" name="Plant" power="2000000.0">
        <port xsi:type="esdl:OutPort" id="p.out" name="Out" carrier="warm" connectedTo="a.in"/>
        <port xsi:type="esdl:InPort" id="p.in" name="In" carrier="cool" connectedTo="b.out"/>
        <geometry xsi:type="esdl:Point" lat="52.0" lon="4.38"/>
      </asset>
      <asset xsi:type="esdl:Pipe" id="a" name="Out line" length="500" diameter="DN150">
        <port xsi:type="esdl:InPort" id="a.in" name="In" carrier="warm" connectedTo="p.out"/>
        <port xsi:type="esdl:OutPort" id="a.out" name="Out" carrier="warm" connectedTo="j.in"/>
        <geometry xsi:type="esdl:Line">
          <point xsi:type="esdl:Point" lat="52.0" lon="4.38"/>
          <point xsi:type="esdl:Point" lat="52.004" lon="4.381"/>
        </geometry>
      </asset>
      <asset xsi:type="esdl:Joint" id="j" name="Fork">
        <port xsi:type="esdl:InPort" id="j.in" name="In" carrier="warm" connectedTo="a.out"/>
        <port xsi:type="esdl:OutPort" id="j.out" name="Out" carrier="warm" connectedTo="c.in d.in"/>
      </asset>
      <asset xsi:type="esdl:HeatingDemand" id="c" name="Town">
        <port xsi:type="esdl:InPort" id="c.in" name="In" carrier="warm" connectedTo="j.out">
          <profile xsi:type="esdl:SingleValue" id="v" value="0.4">
            <profileQuantityAndUnit xsi:type="esdl:QuantityAndUnitReference" reference="mw"/>
          </profile>
        </port>
        <port xsi:type="esdl:OutPort" id="c.out" name="Out" carrier="cool" connectedTo="k.in"/>
      </asset>
      <asset xsi:type="esdl:HeatingDemand" id="d" name="Mill" power="300000">
        <port xsi:type="esdl:InPort" id="d.in" name="In" carrier="warm" connectedTo="j.out"/>
        <port xsi:type="esdl:OutPort" id="d.out" name="Out" carrier="cool" connectedTo="k.in"/>
      </asset>
      <asset xsi:type="esdl:Joint" id="k" name="Merge">
        <port xsi:type="esdl:InPort" id="k.in" name="In" carrier="cool" connectedTo="c.out d.out"/>
        <port xsi:type="esdl:OutPort" id="k.out" name="Out" carrier="cool" connectedTo="b.in"/>
      </asset>
      <asset xsi:type="esdl:Pipe" id="b" name="Back line" length="500" innerDiameter="0.16">
        <port xsi:type="esdl:InPort" id="b.in" name="In" carrier="cool" connectedTo="k.out"/>
        <port xsi:type="esdl:OutPort" id="b.out" name="Out" carrier="cool" connectedTo="p.in"/>
        <material xsi:type="esdl:CompoundMatter" compoundType="LAYERED">
          <component xsi:type="esdl:CompoundMatterComponent" layerWidth="0.004"><matter xsi:type="esdl:Material" id="m1" name="steel" thermalConductivity="52.15"/></component>
          <component xsi:type="esdl:CompoundMatterComponent" layerWidth="0.037"><matter xsi:type="esdl:Material" id="m2" name="PUR" thermalConductivity="0.027"/></component>
        </material>
      </asset>
      <asset xsi:type="esdl:WindTurbine" id="w" name="Turbine" power="1"/>
    </area>
  </instance>
</esdl:EnergySystem>
